import { expect, it } from "vitest";
import { z } from "zod";
import type { Errand, ErrandCommand } from "./commands/command.ts";
import { commands } from "./commands/index.ts";
import { runErrand } from "./run-errand.ts";

const errands = commands.filter((command): command is ErrandCommand => "errand" in command);
const Described = z.object({
  data: z.object({ options: z.array(z.object({ name: z.string() })) }),
});

async function optionsOf({ app, task }: Errand): Promise<string[]> {
  const asked = { app, task, options: { describe: true } };
  const answer = await runErrand(asked, process.env, { json: true, tell: () => undefined });
  return Described.parse(JSON.parse(answer.text)).data.options.map(({ name }) => name);
}

it.each(errands.map((command) => [command.name, command] as const))(
  "%s has only options that its task knows",
  { timeout: 60_000 },
  async (_name, command) => {
    const options = Object.fromEntries(
      Object.entries(command.options ?? {}).map(([name, { type }]) => [
        name,
        type === "boolean" || "1",
      ]),
    );
    const typed = [[], ["docusign/1"], ["1"], ["docusign/1", "hubspot", "1"]];
    const made = typed
      .map((words) => command.errand({ words, options }))
      .filter((one): one is Errand => "task" in one);
    const [first] = made;
    if (first === undefined) throw new Error("The command never does its errand.");
    expect(await optionsOf(first)).toEqual(
      expect.arrayContaining(made.flatMap((errand) => Object.keys(errand.options))),
    );
  },
);

it("says so where the process breaks off", async () => {
  const lines: string[] = [];
  const broken = { app: "crm-sync", task: "doctor", options: {} } as const;
  const environment = { ...process.env, NODE_OPTIONS: "--import=file:///nowhere.mjs" };
  const tell = (line: string) => void lines.push(line);
  const answer = await runErrand(broken, environment, { json: false, tell });
  expect(answer).toEqual({ exitCode: 1, text: "It broke off; what it said stands above." });
  expect(lines.join("\n")).toContain("nowhere.mjs");
});
