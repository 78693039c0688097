import { describe, expect, it } from "vitest";
import type { RehearsedChange, RehearsedPost, SlackRehearsal } from "./rehearsal.ts";
import { countOf, toApply } from "./to-apply.ts";

const now = new Date("2026-11-27T12:00:00Z");
const old = "2026-11-20T12:00:00.000Z";
const fresh = "2026-11-27T11:59:00.000Z";

const inC = (channel: string) => ({ workspace: "", channel, person: null });
const nothing: SlackRehearsal = {
  digest: "d",
  contracts: 1,
  posts: [],
  without: [],
  changed: [],
  digests: [],
};

function post(more: Partial<RehearsedPost> = {}): RehearsedPost {
  return {
    contractId: "docusign/a",
    title: null,
    version: 3,
    place: inC("C1"),
    part: "reply",
    covers: ["e1"],
    at: old,
    text: "",
    settled: false,
    ...more,
  };
}

function change(more: Partial<RehearsedChange> = {}): RehearsedChange {
  const { contractId, title, version, place, text } = post();
  const about = { contractId, title, version, place, text };
  return {
    ...about,
    before: "card",
    after: "card",
    lost: ["x"],
    gained: [],
    stands: true,
    ...more,
  };
}

const card = post({ part: "card", covers: [] });

describe("what is left to be done in Slack", () => {
  it.each<[string, Partial<SlackRehearsal>, { messages: number; edits: number }]>([
    ["nothing", {}, { messages: 0, edits: 0 }],
    ["a card and what is below it", { posts: [card, post()] }, { messages: 2, edits: 0 }],
    ["old news as one", { posts: [card, post(), post(), post()] }, { messages: 2, edits: 0 }],
    [
      "fresh news by itself",
      { posts: [post(), post(), post({ at: fresh }), post({ at: fresh })] },
      { messages: 3, edits: 0 },
    ],
    [
      "each place and contract for itself",
      { posts: [post(), post({ place: inC("C2") }), post({ contractId: "docusign/b" })] },
      { messages: 3, edits: 0 },
    ],
    ["a message in a list", { posts: [post({ part: "message" })] }, { messages: 1, edits: 0 }],
    ["a card that stands", { changed: [change()] }, { messages: 0, edits: 1 }],
    [
      "no card that never stood",
      { changed: [change({ stands: false })] },
      { messages: 0, edits: 0 },
    ],
    [
      "no line: what was said is said",
      { changed: [change({ before: "reply", after: "digest" })] },
      { messages: 0, edits: 0 },
    ],
    ["nothing that was settled", { posts: [post({ settled: true })] }, { messages: 0, edits: 0 }],
    [
      "no digest, sum or nudge",
      { posts: [post({ part: "digest" }), post({ part: "summary" }), post({ part: "nudge" })] },
      { messages: 0, edits: 0 },
    ],
    ["nothing that would be said no longer", { without: [card] }, { messages: 0, edits: 0 }],
  ])("is %s", (_what, rehearsed, expected) => {
    expect(countOf(toApply({ ...nothing, ...rehearsed }), now)).toEqual(expected);
  });

  it("is by contract, as it was then, and by place", () => {
    const posts = [card, post(), post({ place: inC("C2"), covers: ["e2", "e3"] })];
    expect(toApply({ ...nothing, posts, changed: [change({ place: inC("C3") })] })).toMatchObject([
      {
        contractId: "docusign/a",
        version: 3,
        places: [
          { place: { channel: "C1" }, hasCard: true, isEdit: false, lines: [{ covers: ["e1"] }] },
          { place: { channel: "C2" }, hasCard: false, lines: [{ covers: ["e2", "e3"] }] },
          { place: { channel: "C3" }, hasCard: false, isEdit: true, lines: [] },
        ],
      },
    ]);
  });
});
