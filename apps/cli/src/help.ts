import type { Command } from "./commands/command.ts";

const database =
  "It reads the database of DATABASE_URL, else that of the npm start which is running.";
const apps =
  "It works with the settings and credentials of the apps: COUNTERSIGN_CONFIG and the environment, else those of the npm start which is running.";
const exitCodes =
  "Exit codes: 0 found or done, 1 not found, not done or something to see to, 2 not understood.";

/** What `countersign --help` says. */
export function help(commands: readonly Command[]): string {
  const width = Math.max(...commands.map((command) => command.name.length));
  const indent = " ".repeat(width);
  return [
    "countersign: read what Countersign knows, and put right what it gave up",
    "",
    ...commands.flatMap(({ name, usage, summary }) => [
      ...usage.map((line, index) => `  ${index === 0 ? name.padEnd(width) : indent}  ${line}`),
      `  ${indent}  ${summary}`,
    ]),
    "",
    "countersign <command> --help says what its options do.",
    database,
    exitCodes,
  ].join("\n");
}

/** What `countersign <command> --help` says. */
export function helpOn(command: Command): string {
  const { name, usage, summary, notes = [], options = {} } = command;
  const all = { ...options, json: { type: "boolean", help: "Prints JSON" } } as const;
  const width = Math.max(...Object.keys(all).map((option) => option.length));
  return [
    ...usage.map((line) => `countersign ${name} ${line}`),
    "",
    `${summary}.`,
    ...notes,
    "",
    ...Object.entries(all).map(
      ([option, { help: does }]) => `  --${option.padEnd(width)}  ${does}`,
    ),
    "",
    "run" in command ? database : apps,
    exitCodes,
  ].join("\n");
}
