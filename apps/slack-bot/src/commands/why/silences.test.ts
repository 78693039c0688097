import type { Quieted } from "@countersign/store";
import { describe, expect, it } from "vitest";
import { aDeal, factsFrom } from "../../blocks/testing/cards.ts";
import { at, described } from "../../testing/contracts.ts";
import { silenceWords } from "../../words/silence-words.ts";
import { destinationSilences, quietSilence, type SilencesInput } from "./silences.ts";

const input: SilencesInput = {
  facts: factsFrom([described()], { deals: [aDeal()] }),
  dealFields: { hubspot: "hubspot_deal_id" },
  removed: [],
  progress: [],
  effects: [],
};

function wordsOf(more: Partial<SilencesInput>): string[] {
  return destinationSilences({ ...input, ...more }).map(({ words }) => words);
}

describe("a destination", () => {
  it.each([
    ["current", []],
    ["behind", ["Slack is still to be brought to how it is now"]],
    ["gave-up", [silenceWords.gaveUp("slack")]],
    ["too-old", [silenceWords.tooOldFor("slack")]],
  ] as const)("that is %s", (standing, expected) => {
    expect(wordsOf({ progress: [{ destination: "slack", standing }] })).toEqual(expected);
  });

  it("is called as people know it", () => {
    const [said = ""] = wordsOf({ progress: [{ destination: "hubspot", standing: "behind" }] });
    expect(said).toMatch(/^HubSpot is/);
  });

  it("that is a CRM without a deal says why, and nothing where there is a deal", () => {
    expect(wordsOf({})).toEqual([]);
    const facts = factsFrom([described()]);
    expect(wordsOf({ facts })).toEqual([silenceWords.noLink("hubspot", "hubspot_deal_id")]);
    const removed = [
      { contractId: "docusign/c1", destination: "hubspot", recordId: "1001", detail: "U1" },
    ];
    expect(wordsOf({ facts, removed })).toEqual([silenceWords.untied("hubspot", "1001")]);
  });
});

describe("what is quiet", () => {
  const of = { workspace: "T1", audience: "C1" };
  const now = new Date(at("12:00"));
  const words = { muted: "muted", snoozed: "snoozed" };
  const later = new Date(at("13:00"));

  it.each<[Partial<Quieted>, ReturnType<typeof quietSilence>]>([
    [{}, [{ words: "muted", until: null }]],
    [{ until: later }, [{ words: "snoozed", until: later.toISOString() }]],
    [{ until: now }, []],
    [{ audience: "C2" }, []],
    [{ workspace: "T2" }, []],
  ])("is said with its end (%#)", (more, expected) => {
    const quieted = { ...of, contractId: "docusign/c1", until: null, madeBy: "U1", ...more };
    expect(quietSilence([quieted], of, words, now)).toEqual(expected);
  });
});
