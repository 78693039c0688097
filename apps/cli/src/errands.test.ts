import { expect, it } from "vitest";
import { z } from "zod";
import type { Command, Errand } from "./commands/command.ts";
import { commands } from "./commands/index.ts";
import { answerOf, runErrand } from "./run-errand.ts";

const Described = z.object({ options: z.array(z.object({ name: z.string() })) });
const silent = { tell: () => undefined };

async function optionsOf({ app, task }: Errand): Promise<string[]> {
  const asked = { app, task, options: { describe: true } };
  const { data } = await runErrand(asked, process.env, silent);
  return Described.parse(data).options.map(({ name }) => name);
}

/** All errands on which the command sends apps, whatever is typed. `out` names files of its own. */
async function errandsOf(command: Command): Promise<Errand[]> {
  const options = Object.fromEntries(
    Object.entries(command.options ?? {})
      .filter(([name]) => name !== "out")
      .map(([name, { type }]) => [name, type === "boolean" || "1"]),
  );
  const errands: Errand[] = [];
  for (const words of [[], ["docusign/1"], ["1"], ["docusign/1", "hubspot", "1"]]) {
    if ("errand" in command) {
      const errand = command.errand({ words, options });
      if ("task" in errand) errands.push(errand);
    }
    if ("join" in command) {
      await command.join({ words, options, ...silent }, async (errand) => {
        errands.push(errand);
        return { is: "done", text: "", data: { since: "2026-11-01", slack: null } };
      });
    }
  }
  return errands;
}

it.each(commands.filter((one) => !("run" in one)).map((one) => [one.name, one] as const))(
  "%s has only options that its tasks know",
  { timeout: 60_000 },
  async (_name, command) => {
    const errands = Map.groupBy(await errandsOf(command), ({ app, task }) => `${app} ${task}`);
    expect(errands.size).toBeGreaterThan(0);
    for (const [first, ...others] of errands.values()) {
      if (first === undefined) continue;
      const given = [first, ...others].flatMap(({ options }) => Object.keys(options));
      expect(await optionsOf(first)).toEqual(expect.arrayContaining(given));
    }
  },
);

it("says so where the process breaks off", async () => {
  const lines: string[] = [];
  const broken = { app: "crm-sync", task: "doctor", options: {} } as const;
  const environment = { ...process.env, NODE_OPTIONS: "--import=file:///nowhere.mjs" };
  const report = await runErrand(broken, environment, { tell: (line) => void lines.push(line) });
  expect(answerOf(report, { json: false })).toEqual({
    exitCode: 1,
    text: "It broke off; what it said stands above.",
    isOutput: false,
  });
  expect(lines.join("\n")).toContain("nowhere.mjs");
});
