import { contractsChannel } from "@countersign/sandbox";
import { readEffects, RetryLater } from "@countersign/store";
import { aFact } from "@countersign/store/testing";
import { afterEach, beforeEach, expect, it } from "vitest";
import { bring, bringUntilDone, cardsOf, openBench, tell, type Bench } from "./testing/bench.ts";
import { described } from "./testing/contracts.ts";
import type { Channel } from "./slack/channel.ts";

/** One for each test: Slack keeps its own time, and a clock that is put forward stays there. */
let bench: Bench;
let other: Channel;
beforeEach(async () => {
  bench = await openBench();
  other = bench.open("C000000001");
});
afterEach(async () => bench[Symbol.asyncDispose]());

const channel = contractsChannel.id;
const strike = (fault: Parameters<Bench["sandbox"]["slack"]["setFault"]>[0]) =>
  bench.sandbox.slack.setFault(fault);

async function send(title: string) {
  const occurredAt = bench.store.now().toISOString();
  const sent = aFact("contract.sent", { occurredAt });
  await tell(bench.store, title, { ...described({ title }), occurredAt }, sent);
}

const callsOf = (id: string) =>
  bench.sandbox.slack.calls.filter((call) => call.channel === id).length;

async function secondsOf(work: Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work;
  return (performance.now() - started) / 1_000;
}

it("goes on in one channel while Slack limits another", async () => {
  strike({ kind: "rate-limited", channel, retryAfterSeconds: 600 });
  await send("Ash");
  await expect(bring(bench, "Ash")).rejects.toMatchObject({ seconds: 600 });
  const before = callsOf(channel);
  const titles = ["Birch", "Cedar", "Elm"];
  await Promise.all(titles.map(send));
  const ends = await Promise.allSettled(titles.map((title) => bring(bench, title)));
  expect(ends.map((end) => end.status === "rejected" && end.reason)).toEqual(
    titles.map(() => expect.any(RetryLater)),
  );
  expect(callsOf(channel)).toBe(before);
  expect(await secondsOf(bring(bench, "Ash", other))).toBeLessThan(2);
  expect(callsOf(other.id)).toBe(2);
  bench.wait(601);
  for (const title of ["Ash", ...titles]) {
    await bring(bench, title);
    expect(await cardsOf(bench, title)).toHaveLength(1);
  }
});

it("goes on in one channel while calls for another hang", async () => {
  const titles = Array.from({ length: 12 }, (_, index) => `Hanging ${index}.`);
  await Promise.all([...titles, "Fir"].map(send));
  strike({ kind: "hang", channel, times: titles.length });
  const hanging = Promise.allSettled(titles.map((title) => bring(bench, title)));
  const first = await Promise.race([hanging, bring(bench, "Fir", other)]);
  expect(first).toBe("called");
  expect((await hanging).every(({ status }) => status === "rejected")).toBe(true);
  bench.wait(16);
  await Promise.all(titles.map((title) => bringUntilDone(bench, title)));
  for (const title of titles) {
    expect(await cardsOf(bench, title)).toMatchObject([{ lines: [expect.any(String)] }]);
  }
});

it.each(["chat.postMessage", "chat.update", "conversations.history"] as const)(
  "takes garbage that answers %s for no answer, and says everything once",
  async (method) => {
    const title = `Garbage to ${method}`;
    await send(title);
    if (method === "chat.update") {
      await bring(bench, title);
      const occurredAt = bench.store.now().toISOString();
      await tell(bench.store, title, aFact("contract.completed", { occurredAt }));
    }
    if (method === "conversations.history") {
      strike({ kind: "drop-after-applying", channel, method: "chat.postMessage" });
      await bring(bench, title).catch(() => undefined);
      bench.wait(16);
    }
    strike({ kind: "garbage", channel, method });
    await expect(bring(bench, title)).rejects.toThrow("not one of Slack's");
    await bringUntilDone(bench, title);
    const [card, ...more] = await cardsOf(bench, title);
    expect(more).toEqual([]);
    expect(card?.lines).toHaveLength(method === "chat.update" ? 2 : 1);
    const effects = await readEffects(bench.store, `docusign/${title}`);
    expect(effects.every(({ status }) => status === "done")).toBe(true);
  },
);
