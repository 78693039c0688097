import { openBench } from "./processes/bench.ts";
import { readSoakArguments, soakHelp, type SoakArguments } from "./soak/arguments.ts";
import { runSoak } from "./soak/run-soak.ts";
import { untilSignal } from "./until-signal.ts";

const signal = untilSignal();
const asked = readSoakArguments(process.argv.slice(2));
if (asked.kind === "help") process.stdout.write(soakHelp);
if (asked.kind === "wrong") {
  process.stderr.write(`${asked.message}\n`);
  process.exitCode = 2;
}
if (asked.kind === "run") await soak(asked);

async function soak({ minutes, ratePerSecond }: Extract<SoakArguments, { kind: "run" }>) {
  try {
    await using bench = await openBench({ signal, connections: 64, say });
    const breaches = await runSoak(bench, minutes, ratePerSecond);
    process.stdout.write(
      breaches.length === 0
        ? "Nothing was lost, and nothing was done twice.\n"
        : `${breaches.length} breaches:\n${breaches.slice(0, 50).join("\n")}\n`,
    );
    if (breaches.length > 0) process.exitCode = 1;
  } catch (error) {
    process.stderr.write(`${signal.aborted ? signal.reason : String(error)}\n`);
    process.exitCode = 1;
  }
}

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}
