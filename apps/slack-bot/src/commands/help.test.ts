import { noor } from "@countersign/sandbox";
import { expect, it } from "vitest";
import { openStage } from "../acting/testing/stage.ts";
import type { Command } from "./command.ts";
import { commands } from "./index.ts";
import { type } from "../acting/testing/shown.ts";

const stage = openStage();

const inspect: Command = {
  slash: "/contract",
  verb: "inspect",
  words: "",
  summary: "look what is wrong",
  forAdmins: true,
  answer: async () => ({ kind: "nothing" }),
};
const all = [...commands, inspect];

it("lists every command with what it takes and what it is for", async () => {
  const { text, all: shown, share } = await type("help", stage(), { userId: noor.id });
  for (const { verb, words, summary } of commands) {
    expect(text).toContain(`/contract ${verb}`);
    expect(shown).toContain(summary);
    expect(shown).toContain(words.replaceAll("<", "&lt;").replaceAll(">", "&gt;"));
  }
  expect(shown).toContain("`/contract status &lt;contract&gt;` where a contract stands");
  expect(shown).not.toMatch(/and \d+ more/);
  expect(share).toBe(false);
});

it("comes for an unknown verb too, with the one that may be meant", async () => {
  const { text } = await type("stuk --since 3d", stage());
  expect(text).toMatch(/^I do not know “stuk”\. Did you mean “stuck”\? What you can ask:\n/);
  expect((await type("frobnicate", stage())).text).toMatch(/^I do not know “frobnicate”\. What/);
  expect((await type("", stage())).text).toMatch(/^What you can ask:\n/);
});

async function help(userId: string, end = ""): Promise<string> {
  return (await type(`help ${end}`, stage(), { commands: all, userId })).text;
}

it("shows admins their commands, and nobody else", async () => {
  expect(await help(noor.id)).toContain("/contract inspect");
  expect(await help("U000000001")).not.toContain("inspect");
  expect(await help(noor.id, "--share")).not.toContain("inspect");
});
