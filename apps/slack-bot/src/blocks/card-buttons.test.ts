import { describe, expect, it } from "vitest";
import { cardOf } from "../contracts/card.ts";
import { described, signing } from "../testing/contracts.ts";
import { actionIds, actionOf } from "./action-ids.ts";
import { cardButtons } from "./card-buttons.ts";
import { readQuietChoice } from "./quiet-choice.ts";
import { aDeal, cardFrom, everything, factsFrom, noon } from "./testing/cards.ts";
import { buttonsOf } from "./testing/readable.ts";

const { sent, annSigns } = signing;
const open = described({ url: "https://app.docusign.com/documents/1" });

function buttons(card: ReturnType<typeof cardFrom>) {
  return buttonsOf({ blocks: cardButtons(card) });
}

it("offers what can be done now", () => {
  const offered = buttons(cardFrom(open, sent));
  expect([...offered.keys()]).toEqual(["Open contract", "Send reminder", "Link to deal", "quiet"]);
  expect(offered.get("Send reminder")).toMatchObject({
    action_id: actionIds.remind,
    value: "docusign/c1",
    confirm: {
      text: { text: "The provider writes to Ann Lee and asks for the signature." },
    },
  });
});

it("opens the deal in each CRM, by ids of their own", () => {
  const salesforce = "https://mill.my.salesforce.com/006";
  const deals = [aDeal(), aDeal({ crm: "salesforce", url: salesforce }), aDeal({ url: null })];
  const card = cardOf(factsFrom([open, sent, annSigns], { deals }), everything, noon);
  const offered = buttons(card);
  expect(offered.get("Open Salesforce deal")).toMatchObject({ url: salesforce });
  const ids = ["Open HubSpot deal", "Open Salesforce deal"].map((name) => {
    return String(offered.get(name)?.["action_id"]);
  });
  expect(new Set(ids).size).toBe(2);
  expect(ids.map(actionOf)).toEqual([actionIds.openDeal, actionIds.openDeal]);
  expect(offered.has("Link to deal")).toBe(false);
});

function choices(contractId: string) {
  const quiet = [...buttons({ ...cardFrom(open, sent), contractId }).values()].at(-1);
  return JSON.stringify(quiet)
    .match(/(?<="value":")[^"]*/g)
    ?.map(readQuietChoice);
}

describe("the menu More", () => {
  it("mutes, or snoozes for a day or a week", () => {
    const contractId = `docusign/${"a".repeat(120)}`;
    const spans = ["mute", "day", "week"].map((span) => ({ span, contractId }));
    expect(choices(contractId)).toEqual(spans);
  });

  it("is a button that mutes where the contract's id is too long for a menu", () => {
    const contractId = `docusign/${"a".repeat(200)}`;
    expect(choices(contractId)).toEqual([{ span: "mute", contractId }]);
  });
});

it.each(["", "mute:", "docusign/c1", "year:docusign/c1"])(
  "does not take %j for a choice",
  (value) => {
    expect(readQuietChoice(value)).toBeNull();
  },
);
