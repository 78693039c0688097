import { quietWithoutReader, SettingsError } from "@countersign/service";
import { explainDatabase, openReader } from "@countersign/store";
import type { Answer, Errand } from "./commands/command.ts";
import { commands } from "./commands/index.ts";
import { errandEnvironment, readConfig } from "./config.ts";
import { readCommandLine } from "./command-line.ts";
import { answerOf, runErrand } from "./run-errand.ts";

const tell = (line: string) => void process.stderr.write(`${line}\n`);

const answer = await answerTo(process.argv.slice(2));
const isOutput = answer.exitCode === 0 || answer.isOutput === true;
quietWithoutReader(process.stdout);
const stream = isOutput ? process.stdout : process.stderr;
stream.write(`${answer.text}\n`);
process.exitCode = answer.exitCode;

async function answerTo(typed: string[]): Promise<Answer> {
  const read = readCommandLine(commands, typed);
  if (read.is === "answer") return read.answer;
  const { command, given } = read;
  try {
    if ("errand" in command) {
      const errand = command.errand(given);
      if ("exitCode" in errand) return errand;
      return answerOf(await ask(errand), given);
    }
    if ("join" in command) return answerOf(await command.join({ ...given, tell }, ask), given);
    const config = readConfig(process.env);
    await using reader = openReader({ ...config, applicationName: "countersign" });
    return await command.run(reader, { ...given, now: () => new Date(), tell });
  } catch (error) {
    return { exitCode: 1, text: explain(error) };
  }
}

function ask(errand: Errand) {
  return runErrand(errand, errandEnvironment(process.env), { tell });
}

function explain(error: unknown): string {
  if (error instanceof SettingsError) return error.message;
  const refusal = explainDatabase(error);
  if (refusal !== null) return refusal;
  if (error instanceof Error && "code" in error && error.code === "42P01") {
    return "The database has no tables of Countersign yet. Start an app once (npm start); it makes them.";
  }
  throw error;
}
