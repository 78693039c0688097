import type { ReportedFact } from "@countersign/core";
import { roles } from "../../acting/testing/stage.ts";
import { readSettings } from "../../people/settings.ts";
import type { Hearing } from "../../ports.ts";
import { pastOf, type Given } from "../../subscriptions/testing/facts.ts";
import { at } from "../../testing/contracts.ts";
import type { Hears } from "../replay.ts";
import type { SlackRules } from "../rules.ts";
import type { Story, Telling } from "../story.ts";

export const inC1 = { workspace: "", channel: "C1" };
export const inC2 = { workspace: "", channel: "C2" };
export const inC3 = { workspace: "", channel: "C3" };

const hearing: Hearing = {
  defaultChannel: inC1,
  noise: { messages: 200, minutes: 10 },
  directMessages: false,
};

/** A countersign.yaml of one workspace by token, whose channel is C1. */
export function rulesOf(
  more: Partial<Omit<SlackRules, "hearing">> & { hearing?: Partial<Hearing> } = {},
): SlackRules {
  return {
    roles,
    dealFields: { hubspot: "hubspot_deal_id" },
    sources: {
      names: ["docusign"],
      providerOf: () => ({ id: "docusign", title: "DocuSign" }),
      canRemind: () => false,
      remind: () => Promise.reject(new Error("Nothing is reminded in a rehearsal.")),
    },
    stalls: {
      viewedDays: 3,
      partlySignedDays: 3,
      expiresWithinDays: 3,
      escalateAfterDays: 2,
      escalateTo: undefined,
    },
    workingHours: {
      from: "09:00",
      to: "18:00",
      days: ["mon", "tue", "wed", "thu", "fri"],
      timezone: "UTC",
    },
    allowed: [],
    workspaces: [""],
    ...more,
    hearing: { ...hearing, ...more.hearing },
  };
}

const now = new Date(at("12:00"));

export function hearsBy(rules: SlackRules, more: Partial<Hears> = {}): Hears {
  return { rules, kept: [], named: new Map(), now, ...more };
}

/** A contract of which the ledger knows nothing, and whose owner, where it has one, is Dana. */
export function storyOf(
  given: Given,
  ...facts: ReportedFact[]
): { story: Story; telling: Telling } {
  const { facts: known, events } = pastOf(given, ...facts);
  const { contract, email } = { contract: known.contract, ...known.owner };
  const dana = { workspace: "", userId: "U1", timezone: null, settings: readSettings({}) };
  return {
    story: { contract, version: 1, events, quieted: [], effects: [], persons: new Map() },
    telling: { facts: known, owners: email === null ? [] : [{ ...dana, email }] },
  };
}
