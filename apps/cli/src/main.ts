import { parseArgs } from "node:util";
import { SettingsError } from "@countersign/service";
import { isUnreachable, openReader } from "@countersign/store";
import type { Answer } from "./commands/command.ts";
import { commands } from "./commands/index.ts";
import { readConfig } from "./config.ts";
import { help } from "./help.ts";

const answer = await answerTo(process.argv.slice(2));
const stream = answer.exitCode === 0 ? process.stdout : process.stderr;
stream.write(`${answer.text}\n`);
process.exitCode = answer.exitCode;

async function answerTo(typed: string[]): Promise<Answer> {
  const { values, positionals } = parseArgs({
    args: typed,
    allowPositionals: true,
    strict: false,
    options: { json: { type: "boolean" }, help: { type: "boolean", short: "h" } },
  });
  const [name, ...words] = positionals;
  const command = commands.find((candidate) => candidate.name === name);
  if (values["help"] === true || name === undefined) return { exitCode: 0, text: help(commands) };
  if (command === undefined) {
    return { exitCode: 2, text: `There is no command "${name}".\n\n${help(commands)}` };
  }
  try {
    const config = readConfig(process.env);
    await using reader = openReader({ ...config, applicationName: "countersign" });
    return await command.run(reader, { words, json: values["json"] === true });
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
