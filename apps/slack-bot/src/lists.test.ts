import { readdirSync } from "node:fs";
import { expect, it } from "vitest";
import { actions } from "./actions/index.ts";
import { commands } from "./commands/index.ts";
import { shortcuts } from "./shortcuts/index.ts";
import { submissions } from "./views/index.ts";

it.each([
  ["commands", commands.map(({ verb }) => verb)],
  ["actions", actions.map(({ id }) => id)],
  ["shortcuts", shortcuts.map(({ id }) => id)],
  ["views", submissions.map(({ id }) => id)],
])("names every folder of %s once", async (folder, ids) => {
  const entries = readdirSync(new URL(folder, import.meta.url), { withFileTypes: true });
  const folders = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  const things = await Promise.all(
    folders.map(async (name) => {
      const module: Record<string, unknown> = await import(`./${folder}/${name}/index.ts`);
      return Object.values(module).filter((one) => typeof one === "object");
    }),
  );
  expect(new Set(ids).size).toBe(ids.length);
  expect(things.flat()).toHaveLength(ids.length);
});
