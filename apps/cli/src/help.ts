import type { Command } from "./commands/command.ts";

/** What `countersign --help` says. */
export function help(commands: readonly Command[]): string {
  const width = Math.max(...commands.map((command) => command.name.length));
  return [
    "countersign: read what Countersign knows",
    "",
    ...commands.flatMap((command) => [
      `  ${command.name.padEnd(width)}  ${command.usage}`,
      `  ${" ".repeat(width)}  ${command.summary}`,
    ]),
    "",
    "It reads the database of DATABASE_URL, else that of the npm start which is running.",
    "Exit codes: 0 found, 1 not found or failed, 2 not understood.",
  ].join("\n");
}
