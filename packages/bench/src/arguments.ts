import { parseArgs } from "node:util";

export const parts = ["ceiling", "receiver", "latency", "drain", "growth"] as const;

export type Part = (typeof parts)[number];

export type Arguments =
  | { kind: "run"; json: boolean; parts: ReadonlySet<Part>; connections: number }
  | { kind: "help" }
  | { kind: "wrong"; message: string };

export const help = `npm run bench -- [options]

Measures Countersign on this machine with a PostgreSQL of its own and prints one table. Takes at most ten
minutes with all parts, and leaves nothing behind. Throughput, latencies and query times are medians of two or
three rounds. Slack and the CRMs are counterparts that answer at once and have no limits.

  --only <parts>        some parts, by comma: ${parts.join(", ")} (receiver brings the ceiling along)
  --connections <n>     connections that send webhooks to the receiver at the same time (128)
  --json                print one JSON object instead of the table
  --help                this text
`;

const options = {
  only: { type: "string" },
  connections: { type: "string", default: "128" },
  json: { type: "boolean", default: false },
  help: { type: "boolean", default: false },
} as const;

/** What the command line asks for. */
export function readArguments(given: readonly string[]): Arguments {
  try {
    return toArguments(parseArgs({ args: [...given], options }).values);
  } catch (error) {
    return wrong(error instanceof Error ? error.message : String(error));
  }
}

function toArguments(values: {
  only?: string | undefined;
  connections: string;
  json: boolean;
  help: boolean;
}): Arguments {
  if (values.help) return { kind: "help" };
  const connections = Number(values.connections);
  if (!Number.isInteger(connections) || connections < 1 || connections > 2_000) {
    return wrong(`--connections is "${values.connections}": give a number from 1 to 2000.`);
  }
  const asked = values.only?.split(",").map((part) => part.trim()) ?? parts;
  const unknown = asked.find((part) => !isPart(part));
  if (unknown !== undefined) {
    return wrong(`There is no part "${unknown}". The parts are ${parts.join(", ")}.`);
  }
  return { kind: "run", json: values.json, parts: new Set(asked.filter(isPart)), connections };
}

function isPart(text: string): text is Part {
  return parts.some((part) => part === text);
}

function wrong(message: string): Arguments {
  return { kind: "wrong", message: `${message} See --help.` };
}
