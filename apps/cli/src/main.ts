import { SettingsError } from "@countersign/service";
import { isUnreachable, openReader } from "@countersign/store";
import type { Answer } from "./commands/command.ts";
import { commands } from "./commands/index.ts";
import { readConfig } from "./config.ts";
import { readCommandLine } from "./command-line.ts";

const answer = await answerTo(process.argv.slice(2));
const stream = answer.exitCode === 0 ? process.stdout : process.stderr;
stream.write(`${answer.text}\n`);
process.exitCode = answer.exitCode;

async function answerTo(typed: string[]): Promise<Answer> {
  const read = readCommandLine(commands, typed);
  if (read.is === "answer") return read.answer;
  try {
    const config = readConfig(process.env);
    await using reader = openReader({ ...config, applicationName: "countersign" });
    return await read.command.run(reader, {
      ...read.given,
      now: () => new Date(),
      tell: (line) => void process.stderr.write(`${line}\n`),
    });
  } catch (error) {
    return { exitCode: 1, text: explain(error) };
  }
}

function explain(error: unknown): string {
  if (error instanceof SettingsError) return error.message;
  if (isUnreachable(error))
    return "The database cannot be reached. Is it running, and is DATABASE_URL right?";
  if (error instanceof Error && "code" in error && error.code === "42P01") {
    return "The database has no tables of Countersign yet. Start an app once (npm start); it makes them.";
  }
  throw error;
}
