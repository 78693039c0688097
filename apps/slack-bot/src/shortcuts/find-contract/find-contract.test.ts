import { expect, it } from "vitest";
import { asking, openStage, rolesWith, use, viewOf } from "../../acting/testing/stage.ts";
import { showContractAction } from "../../actions/show-contract/index.ts";
import { findViewFaults } from "../../blocks/validate.ts";
import { findContractSubmission } from "../../views/find-contract/index.ts";
import { findContract } from "./index.ts";

const stage = openStage();

async function find(words: string) {
  const given = { filled: { words: { words: [words] } }, privateMetadata: "" };
  const outcome = await findContractSubmission.submit(given, asking(), stage().ports);
  if (outcome.kind !== "update") throw new Error(`The modal does not stay but ${outcome.kind}s.`);
  expect(findViewFaults(outcome.view)).toEqual([]);
  return JSON.stringify(outcome.view.blocks);
}

it("asks for words, lists what answers to them, and shows a card", async () => {
  const { id } = await stage().contract("Condor lease", {
    amount: { value: 9_000, currency: "EUR" },
  });
  await stage().contract("Vulture lease");
  viewOf(await findContract.run(null, asking({ channel: null }), stage().ports));
  const found = await find("condor");
  expect(found).toContain("1 contract found.");
  expect(found).toContain(`"value":"${id}"`);
  expect(await find("lease")).toContain("2 contracts found.");
  expect(await find("dodo")).toContain("No contract answers to that.");
  const card = viewOf(await showContractAction.run(use(id), asking(), stage().ports));
  expect(JSON.stringify(card.blocks)).toContain("€9,000.00");
  const ports = { ...stage().ports, roles: rolesWith("seeAmounts", "admins") };
  const hidden = viewOf(await showContractAction.run(use(id), asking(), ports));
  expect(JSON.stringify(hidden.blocks)).not.toContain("9,000");
});

it("lists ten of many", async () => {
  for (let n = 1; n <= 11; n += 1) await stage().contract(`Sparrow ${n}`);
  expect(await find("sparrow")).toContain("The 10 that changed last.");
});
