import type { ReportedFact } from "@countersign/core";
import { aFact } from "@countersign/store/testing";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { rolesWith } from "../acting/testing/stage.ts";
import type { Kept } from "../audience/kept.ts";
import { someTerms } from "../subscriptions/testing/arbitrary.ts";
import { termsOf } from "../subscriptions/testing/facts.ts";
import { at, signing } from "../testing/contracts.ts";
import { differences } from "./differences.ts";
import { quieten } from "./quieten.ts";
import { replay, type Hears, type Said } from "./replay.ts";
import { hearsBy, inC1, inC2, inC3, rulesOf, storyOf } from "./testing/rules.ts";

const { sent, annViews, annSigns, bobSigns, completed } = signing;
const about = { about: { amount: { value: 25_000, currency: "USD" } } };

const mill = storyOf(about, sent, annSigns);
const dana = { userId: null, email: "dana@northgate.example" };
const danas = storyOf({ ...about, owner: dana }, sent, annSigns);

let ids = 0;
function subscribed(channel: string, typed: string): Kept {
  ids += 1;
  const by = { id: String(ids), madeBy: "U1", madeAt: new Date(at("08:00")), stopped: null };
  return { workspace: "", channel, ...by, meaning: { kind: "terms", terms: termsOf(typed) } };
}

/** Where and how each thing is said, and what. */
function seen(said: readonly Said[]): string[] {
  return said.map(({ place, part, text }) => `${place.channel ?? place.person} ${part}: ${text}`);
}

function compare(before: Hears, after: Hears, { story, telling } = mill) {
  const { posts, without, changed } = differences(
    replay(story, telling, before),
    replay(story, telling, after),
  );
  return {
    posts: seen(posts),
    without: seen(without),
    changed: changed.map(({ after: said, before: was, lost, gained }) => {
      return [said.key, was, said.part, lost, gained];
    }),
  };
}

const present = hearsBy(rulesOf());
const byChannel = (defaultChannel: typeof inC1 | null) =>
  hearsBy(rulesOf({ hearing: { defaultChannel } }));

const card = "card: The contract “Mill lease” is partly signed; 1 of 2 signed.";
const lines = [
  "reply: “Mill lease”: The contract was sent.",
  "reply: “Mill lease”: Ann Lee signed.",
];
const all = (channel: string) => [card, ...lines].map((said) => `${channel} ${said}`);
const none = { posts: [], without: [], changed: [] };

describe("another countersign.yaml", () => {
  it("that says the same differs nowhere", () => {
    expect(compare(present, hearsBy(rulesOf()))).toEqual(none);
  });

  it("with another channel says it there, and no longer here", () => {
    expect(compare(present, byChannel(inC2))).toEqual({
      ...none,
      posts: all("C2"),
      without: all("C1"),
    });
  });

  it("without a channel says nothing, and with one says it all", () => {
    expect(compare(present, byChannel(null))).toEqual({ ...none, without: all("C1") });
    expect(compare(byChannel(null), present)).toEqual({ ...none, posts: all("C1") });
  });

  it("does not change what people subscribed to in Slack", () => {
    const kept = [subscribed("C1", "event:signed mode:list"), subscribed("C3", "mode:card")];
    const [before, after] = [byChannel(inC1), byChannel(inC2)].map((hears) => ({ ...hears, kept }));
    if (before === undefined || after === undefined) throw new Error("There are two.");
    expect(compare(before, after)).toEqual({ ...none, posts: all("C2") });
    expect(seen(replay(mill.story, mill.telling, after)).toSorted()).toEqual(
      ["C1 message: “Mill lease”: Ann Lee signed.", `C3 ${card}`, ...all("C2")].toSorted(),
    );
  });

  it("that hides amounts changes what cards show, and says what", () => {
    const hidden = hearsBy(rulesOf({ roles: rolesWith("seeAmounts", "admins") }));
    expect(compare(present, hidden)).toEqual({
      ...none,
      changed: [["card", "card", "card", [expect.stringMatching(/^Amount .*25,000/)], []]],
    });
  });

  it("that calls a provider otherwise, or may remind through it, changes the card", () => {
    const { sources } = rulesOf();
    const provider = { id: "docusign", title: "DocuSign EU" };
    const renamed = rulesOf({ sources: { ...sources, canRemind: () => true } });
    const telling = { ...mill.telling, facts: { ...mill.telling.facts, provider } };
    const before = replay(mill.story, mill.telling, present);
    const after = replay(mill.story, telling, hearsBy(renamed));
    expect(differences(before, after).changed).toMatchObject([
      {
        lost: ["DocuSign · docusign/c1"],
        gained: ["DocuSign EU · docusign/c1", "[Send reminder]"],
      },
    ]);
  });

  it("that tells owners by direct message says it to whoever that is", () => {
    const off = { ...danas, telling: { ...danas.telling, owners: [] } };
    const before = replay(off.story, off.telling, present);
    const after = replay(danas.story, danas.telling, present);
    const own = seen(differences(before, after).posts);
    expect(own).toEqual([
      `dana@northgate.example ${card}`,
      "dana@northgate.example reply: “Mill lease”: The contract was sent.",
      "dana@northgate.example reply: “Mill lease”: Ann Lee signed.",
    ]);
    expect(seen(differences(after, before).without)).toEqual(own);
  });
});

function muted(audience: string) {
  const by = { until: null, madeBy: "U1" };
  return { workspace: "", audience, contractId: "docusign/c1", ...by };
}

describe("what is muted", () => {
  it.each([
    ["by the new channel", [muted("C2")], { posts: [], without: all("C1") }],
    ["by the old one", [muted("C1")], { posts: all("C2"), without: [] }],
    ["elsewhere", [muted("C3")], { posts: all("C2"), without: all("C1") }],
  ])("%s is said there by neither", (_by, quieted, expected) => {
    const story = { ...mill.story, quieted };
    expect(compare(present, byChannel(inC2), { ...mill, story })).toEqual({ ...none, ...expected });
  });
});

const steps: ReportedFact[] = [
  sent,
  annViews,
  annSigns,
  aFact("recipient.bounced", { recipient: "2", occurredAt: at("09:15") }),
  aFact("contract.viewed", { occurredAt: at("09:06") }),
  aFact("contract.voided", { occurredAt: at("09:18") }),
  bobSigns,
  completed,
];

describe("whatever is subscribed and whatever happened", () => {
  const anyStory = fc
    .record({
      facts: fc.subarray(steps),
      terms: fc.array(fc.tuple(fc.constantFrom("C1", "C2", "C3"), someTerms), { maxLength: 4 }),
      noise: fc.record({
        messages: fc.integer({ min: 2, max: 6 }),
        minutes: fc.integer({ min: 1, max: 30 }),
      }),
    })
    .map(({ facts, terms, noise }) => {
      const kept = terms.map(([channel, own]) => ({
        ...subscribed(channel, ""),
        meaning: { kind: "terms", terms: own } as const,
      }));
      const { story, telling } = storyOf({ ...about, owner: dana }, ...facts);
      const heard = (defaultChannel: typeof inC1) => {
        const hears = hearsBy(rulesOf({ hearing: { defaultChannel, noise } }), { kept });
        return quieten(replay(story, telling, hears), noise);
      };
      return { heard };
    });

  it("the same rules differ nowhere", () => {
    fc.assert(
      fc.property(anyStory, ({ heard }) => {
        expect(differences(heard(inC1), heard(inC1))).toEqual(none);
      }),
    );
  });

  it("another channel differs in these two alone, and what one way gains the other loses", () => {
    fc.assert(
      fc.property(anyStory, ({ heard }) => {
        const [before, after] = [heard(inC1), heard(inC3)];
        const there = differences(before, after);
        const back = differences(after, before);
        expect(there.posts).toEqual(back.without);
        expect(there.without).toEqual(back.posts);
        const places = [...there.posts, ...there.without].map(({ place }) => place.channel);
        expect(places.filter((one) => one !== "C1" && one !== "C3")).toEqual([]);
      }),
    );
  });
});
