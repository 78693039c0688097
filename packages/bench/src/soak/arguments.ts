import { parseArgs } from "node:util";

export type SoakArguments =
  | { kind: "run"; minutes: number; ratePerSecond: number }
  | { kind: "help" }
  | { kind: "wrong"; message: string };

export const soakHelp = `npm run soak -- [options]

Runs the whole product at a steady rate with a PostgreSQL of its own, says every minute how it does, and
checks in the end that nothing was lost and nothing was done twice. Exit code 1 where something was.

  --minutes <n>   how long webhooks come, 1 to 720 (30)
  --rate <n>      webhooks a second, 1 to 5000 (400)
  --help          this text
`;

const options = {
  minutes: { type: "string", default: "30" },
  rate: { type: "string", default: "400" },
  help: { type: "boolean", default: false },
} as const;

/** What the command line asks for. */
export function readSoakArguments(given: readonly string[]): SoakArguments {
  try {
    const { values } = parseArgs({ args: [...given], options });
    if (values.help) return { kind: "help" };
    const minutes = wholeNumber(values.minutes, 720);
    const ratePerSecond = wholeNumber(values.rate, 5_000);
    if (minutes === null) return wrong(`--minutes is "${values.minutes}": give 1 to 720.`);
    if (ratePerSecond === null) return wrong(`--rate is "${values.rate}": give 1 to 5000.`);
    return { kind: "run", minutes, ratePerSecond };
  } catch (error) {
    return wrong(error instanceof Error ? error.message : String(error));
  }
}

function wholeNumber(text: string, most: number): number | null {
  const number = Number(text);
  return Number.isInteger(number) && number >= 1 && number <= most ? number : null;
}

function wrong(message: string): SoakArguments {
  return { kind: "wrong", message: `${message} See --help.` };
}
