import { readdirSync, readFileSync, statSync } from "node:fs";
import { expect, it } from "vitest";
import { findFaults, findViewFaults } from "../../blocks/validate.ts";
import { pictures, type Picture } from "./pictures.ts";

const docs = new URL("../../../../../docs/", import.meta.url);
const drawn = pictures();

it.each(drawn)("$name shows what Slack would take", (picture) => {
  expect(faultsOf(picture)).toEqual([]);
});

function faultsOf(picture: Picture): string[] {
  if ("view" in picture) return findViewFaults(picture.view);
  const all = [picture, ...(picture.replies ?? [])];
  return all.flatMap(({ text, blocks }) => findFaults({ text, blocks }));
}

it("are all in docs/slack, small, and shown in docs/slack.md", () => {
  const names = drawn.map(({ name }) => `${name}.png`).toSorted();
  expect(readdirSync(new URL("slack/", docs)).toSorted()).toEqual(names);
  const text = readFileSync(new URL("slack.md", docs), "utf8");
  for (const name of names) {
    expect(text).toContain(`](slack/${name})`);
    expect(statSync(new URL(`slack/${name}`, docs)).size).toBeLessThan(60_000);
  }
});
