import type { ReportedFact } from "@countersign/core";
import {
  CredentialError,
  Outdated,
  PermanentError,
  readEffects,
  RetryLater,
  saveLink,
} from "@countersign/store";
import { aFact } from "@countersign/store/testing";
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { bring, bringUntilDone, cardsOf, openBench, tell, type Bench } from "../testing/bench.ts";
import { described } from "../testing/contracts.ts";

let bench: Bench;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(async () => bench[Symbol.asyncDispose]());
afterEach(() => bench.sandbox.slack.clearFaults());

const ago = (minutes: number) =>
  new Date(bench.store.now().getTime() - minutes * 60_000).toISOString();

/** The facts of a contract that is being signed, so many minutes ago by the bench's clock. */
function facts(title: string) {
  const fact = (type: ReportedFact["type"], minutes: number, recipient: string | null = null) =>
    aFact(type, { recipient, occurredAt: ago(minutes) });
  return {
    described: { ...described({ title }), occurredAt: ago(9) },
    sent: fact("contract.sent", 9),
    annViews: fact("recipient.viewed", 8, "1"),
    annSigns: fact("recipient.signed", 7, "1"),
    bobSigns: fact("recipient.signed", 6, "2"),
    completed: fact("contract.completed", 5),
    fact,
  };
}

const lines = (title: string) => ({
  sent: `“${title}”: The contract was sent.`,
  annViews: `“${title}”: Ann Lee viewed it.`,
  annSigns: `“${title}”: Ann Lee signed.`,
  bobSigns: `“${title}”: Bob Roy signed.`,
  completed: `“${title}”: The contract is completed.`,
});

async function effectsOf(externalId: string) {
  const effects = await readEffects(bench.store, `docusign/${externalId}`);
  return effects.map(({ kind, status, code }) => [kind, status, ...(code === null ? [] : [code])]);
}

const posts = () =>
  bench.sandbox.slack.calls.filter(({ method }) => method === "chat.postMessage").length;

it("posts one card, edits it in place, and says each thing once below it", async () => {
  const told = facts("Alpha");
  await tell(bench.store, "alpha", told.described, told.sent);
  await bring(bench, "alpha");
  const [posted] = await cardsOf(bench, "Alpha");
  expect(posted).toMatchObject({
    text: "The contract “Alpha” is sent; nobody of 2 has signed.",
    lines: [lines("Alpha").sent],
  });
  await tell(bench.store, "alpha", told.annViews, told.annSigns);
  expect(await bring(bench, "alpha")).toBe("called");
  expect(await bring(bench, "alpha")).toBe("not-called");
  expect(await cardsOf(bench, "Alpha")).toEqual([
    {
      ts: posted?.ts,
      text: "The contract “Alpha” is partly signed; 1 of 2 signed.",
      lines: [lines("Alpha").sent, lines("Alpha").annViews, lines("Alpha").annSigns],
    },
  ]);
});

it("leaves the card alone where nothing that it shows has changed", async () => {
  const told = facts("Bravo");
  await tell(bench.store, "bravo", told.described, told.sent);
  await bring(bench, "bravo");
  const calls = bench.sandbox.slack.calls.length;
  await tell(bench.store, "bravo", aFact("contract.noted", { note: "reminded" }));
  await bring(bench, "bravo");
  expect(bench.sandbox.slack.calls).toHaveLength(calls);
});

it("shows nothing that has passed, and keeps its turn where a contract only moves on", async () => {
  const told = facts("Zulu");
  await tell(bench.store, "zulu", told.described, told.sent);
  await bring(bench, "zulu");
  await tell(bench.store, "zulu", told.annViews);
  const slow = (meanwhile: () => Promise<unknown>) => ({
    ...bench.channel,
    async takeTurn(...wish: Parameters<typeof bench.channel.takeTurn>) {
      await meanwhile();
      return bench.channel.takeTurn(...wish);
    },
  });
  const movesOn = slow(() => tell(bench.store, "zulu", told.annSigns));
  expect(await bring(bench, "zulu", movesOn)).toBe("called");
  const isShown = slow(async () => {
    await tell(bench.store, "zulu", told.completed);
    await bring(bench, "zulu");
  });
  await expect(bring(bench, "zulu", isShown)).rejects.toThrow(Outdated);
  const [card] = await cardsOf(bench, "Zulu");
  expect(card?.text).toBe("The contract “Zulu” is completed.");
  expect(card?.lines).toHaveLength(4);
});

it("ends in the same card whatever order the events come in", async () => {
  const told = facts("Charlie");
  const { described: description, sent, annSigns, bobSigns, completed } = told;
  for (const fact of [completed, bobSigns, description, sent, annSigns]) {
    await tell(bench.store, "charlie", fact);
    await bring(bench, "charlie");
  }
  const [card] = await cardsOf(bench, "Charlie");
  expect(card?.text).toBe("The contract “Charlie” is completed.");
  expect(card?.lines).toHaveLength(4);
});

it("shows a deal once it is linked", async () => {
  const told = facts("Delta");
  await tell(bench.store, "delta", told.described, told.sent);
  await bring(bench, "delta");
  await saveLink(bench.store, {
    contractId: "docusign/delta",
    destination: "hubspot",
    recordId: "4711",
    foundBy: "rule",
    certainty: 1,
    detail: "title",
  });
  await bring(bench, "delta");
  const effects = await readEffects(bench.store, "docusign/delta");
  const edit = effects.find(({ kind }) => kind === "card-edit");
  expect(edit).toMatchObject({ status: "done", before: { text: expect.any(String) } });
});

it.each([
  ["card", "Echo", "drop-after-applying", 1],
  ["line", "Foxtrot", "drop-after-applying", 2],
  ["card", "Golf", "hang", 1],
  ["line", "Hotel", "hang", 2],
] as const)(
  "posts the %s of %s once when the call is cut off (%s)",
  async (_, title, kind, nth) => {
    const told = facts(title);
    const id = title.toLowerCase();
    await tell(bench.store, id, told.described, told.sent);
    const before = posts();
    const strike = () => bench.sandbox.slack.setFault({ kind, method: "chat.postMessage" });
    const channel = {
      ...bench.channel,
      post: (...args: Parameters<typeof bench.channel.post>) => {
        if (posts() - before === nth - 1) strike();
        return bench.channel.post(...args);
      },
    };
    await expect(bring(bench, id, channel)).rejects.toThrow("request error");
    await expect(bring(bench, id)).rejects.toBeInstanceOf(RetryLater);
    await bringUntilDone(bench, id);
    expect(await cardsOf(bench, title)).toMatchObject([{ lines: [lines(title).sent] }]);
    expect(posts() - before).toBe(kind === "drop-after-applying" ? 2 : 3);
    expect((await effectsOf(id)).every(([, status]) => status === "done")).toBe(true);
  },
);

it("posts nothing again while Slack will not tell whether it was posted", async () => {
  const told = facts("Oscar");
  await tell(bench.store, "oscar", told.described, told.sent);
  bench.sandbox.slack.setFault({ kind: "drop-after-applying", method: "chat.postMessage" });
  const history = "conversations.history";
  bench.sandbox.slack.setFault({ kind: "error", error: "not_in_channel", method: history });
  await expect(bring(bench, "oscar")).rejects.toThrow("request error");
  bench.wait(16);
  await expect(bring(bench, "oscar")).rejects.toThrow("/invite");
  await bring(bench, "oscar");
  expect(await cardsOf(bench, "Oscar")).toMatchObject([{ lines: [lines("Oscar").sent] }]);
});

it("edits again when an edit's end is unknown, also where the card is back to what it was", async () => {
  const told = facts("India");
  await tell(bench.store, "india", told.described, told.sent);
  await bring(bench, "india");
  await tell(bench.store, "india", told.annSigns);
  bench.sandbox.slack.setFault({ kind: "server-error", method: "chat.update" });
  await expect(bring(bench, "india")).rejects.toThrow("statusCode = 500");
  await tell(bench.store, "india", told.bobSigns);
  await bringUntilDone(bench, "india");
  const [card] = await cardsOf(bench, "India");
  expect(card?.text).toContain("2 of 2 signed");
  expect(await effectsOf("india")).toContainEqual(["card-edit", "skipped", "overtaken"]);
});

it("comes back when Slack says so", async () => {
  const told = facts("Juliett");
  await tell(bench.store, "juliett", told.described, told.sent);
  bench.sandbox.slack.setFault({ kind: "rate-limited", retryAfterSeconds: 17 });
  const later = { name: "RetryLater", seconds: 17 };
  await expect(bring(bench, "juliett")).rejects.toMatchObject(later);
  const calls = bench.sandbox.slack.calls.length;
  await expect(bring(bench, "juliett")).rejects.toMatchObject(later);
  expect(bench.sandbox.slack.calls).toHaveLength(calls);
  bench.wait(17);
  await bring(bench, "juliett");
  expect(await cardsOf(bench, "Juliett")).toMatchObject([{ lines: [lines("Juliett").sent] }]);
});

it("gives up for good with a reason, and tries again when the contract changes", async () => {
  const told = facts("Kilo");
  await tell(bench.store, "kilo", told.described, told.sent);
  const nowhere = bench.open("C00NOWHERE");
  await expect(bring(bench, "kilo", nowhere)).rejects.toBeInstanceOf(PermanentError);
  const [failed] = await readEffects(bench.store, "docusign/kilo");
  expect(failed).toMatchObject({ status: "failed", code: "channel_not_found" });
  expect(failed?.message).toContain("/invite @Countersign");
  await expect(bring(bench, "kilo", nowhere)).rejects.toBeInstanceOf(PermanentError);
  await bring(bench, "kilo");
  expect(await cardsOf(bench, "Kilo")).toHaveLength(1);
});

it("leaves everything to be done while Slack refuses the token", async () => {
  const told = facts("Lima");
  await tell(bench.store, "lima", told.described, told.sent);
  bench.sandbox.slack.setFault({ kind: "error", error: "token_revoked" });
  await expect(bring(bench, "lima")).rejects.toBeInstanceOf(CredentialError);
  await bring(bench, "lima");
  expect(await cardsOf(bench, "Lima")).toHaveLength(1);
});

it("posts the card anew where somebody deleted it", async () => {
  const told = facts("Mike");
  await tell(bench.store, "mike", told.described, told.sent);
  await bring(bench, "mike");
  const [card] = await cardsOf(bench, "Mike");
  await bench.client.chat.delete({ channel: bench.channel.id, ts: card?.ts ?? "" });
  for (const fact of [told.annSigns, told.bobSigns]) {
    await tell(bench.store, "mike", fact);
    await bring(bench, "mike");
  }
  expect((await cardsOf(bench, "“Mike” is partly signed")).map(({ lines: said }) => said)).toEqual([
    [lines("Mike").annSigns, lines("Mike").bobSigns],
  ]);
});

it("sums up in one line what nobody heard of in time", async () => {
  const told = facts("November");
  await tell(bench.store, "november", told.described, told.sent);
  await bring(bench, "november");
  await tell(bench.store, "november", told.annViews, told.annSigns, told.bobSigns, told.completed);
  bench.wait(3_600);
  await bring(bench, "november");
  await bring(bench, "november");
  const [card] = await cardsOf(bench, "November");
  expect(card?.text).toBe("The contract “November” is completed.");
  expect(card?.lines).toEqual([
    lines("November").sent,
    "4 things happened before they could be told here. The contract “November” is completed.",
  ]);
  const skipped = (await effectsOf("november")).filter(([, status]) => status === "skipped");
  expect(skipped).toEqual(Array.from({ length: 3 }, () => ["line", "skipped", "summed-up"]));
});
