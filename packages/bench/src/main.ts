import { help, readArguments, type Arguments } from "./arguments.ts";
import { openBench } from "./processes/bench.ts";
import { renderReport } from "./report.ts";
import type { Result } from "./result.ts";
import { runParts } from "./run.ts";
import { judgeTargets } from "./targets.ts";
import { untilSignal } from "./until-signal.ts";

/** Everything has ended and is taken down within ten minutes. */
const longestMs = 9.5 * 60_000;

const tooLong = AbortSignal.timeout(longestMs);
const signal = AbortSignal.any([untilSignal(), tooLong]);
const asked = readArguments(process.argv.slice(2));
if (asked.kind === "help") process.stdout.write(help);
if (asked.kind === "wrong") {
  say(asked.message);
  process.exitCode = 2;
}
if (asked.kind === "run") await measure(asked);

async function measure(options: Extract<Arguments, { kind: "run" }>): Promise<void> {
  const result: Partial<Result> = {};
  try {
    await using bench = await openBench({ signal, connections: options.connections, say });
    await runParts(bench, options.parts, result);
  } catch (error) {
    say(whyNot(error));
    process.exitCode = 1;
  }
  const { machine, receiver, perRequestTransaction } = result;
  const measured = Object.keys(result).length > 1;
  if (machine !== undefined && measured) print({ ...result, machine }, options.json);
  for (const one of [receiver, perRequestTransaction]) {
    if (one !== undefined && one.stored < one.accepted) process.exitCode = 1;
  }
}

function print(result: Result, json: boolean): void {
  const text = json ? JSON.stringify(result) : renderReport(result, judgeTargets(result));
  process.stdout.write(`${text.trimEnd()}\n`);
}

function whyNot(error: unknown): string {
  if (tooLong.aborted) return "Ten minutes are over; the parts that are missing had no time.";
  return signal.aborted ? String(signal.reason) : String(error);
}

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}
