import { setImmediate as turnOfTheLoop } from "node:timers/promises";
import { expect, it } from "vitest";
import { callsAtOnce } from "./client.ts";
import { slackLimits } from "./pace.ts";
import { openTurns } from "./turns.ts";

const now = () => performance.now();
const wish = { method: "chat.postMessage", calls: 1, begun: false } as const;

it("sends away who would wait long", async () => {
  const turns = openTurns(slackLimits(0.1), now);
  for (let taken = 0; taken < 4; taken += 1) (await turns.take("C1", wish))[Symbol.dispose]();
  await expect(turns.take("C1", wish)).rejects.toMatchObject({ name: "RetryLater", seconds: 10 });
});

it("waits for its place, unless Slack says meanwhile when to come back", async () => {
  const turns = openTurns(slackLimits(5), now);
  const started = now();
  for (let taken = 0; taken < 7; taken += 1) (await turns.take("C1", wish))[Symbol.dispose]();
  expect(now() - started).toBeGreaterThan(380);
  const asked = turns.take("C1", wish);
  turns.block("C1", wish.method, 9);
  await expect(asked).rejects.toMatchObject({ name: "RetryLater", seconds: 9 });
});

it("lets only so many call at the same time", async () => {
  const turns = openTurns(slackLimits(1_000), now);
  const first = await Promise.all(
    Array.from({ length: callsAtOnce }, () => turns.take("C1", wish)),
  );
  let called = 0;
  const more = [1, 2].map(async () => {
    using _turn = await turns.take("C2", wish);
    called += 1;
  });
  await turnOfTheLoop();
  expect(called).toBe(0);
  for (const turn of first) turn[Symbol.dispose]();
  await Promise.all(more);
  expect(called).toBe(2);
});

it("sends those away who wait when the app stops", async () => {
  const turns = openTurns(slackLimits(1), now);
  for (let taken = 0; taken < 4; taken += 1) (await turns.take("C1", wish))[Symbol.dispose]();
  const asked = turns.take("C1", wish);
  turns.close();
  await expect(asked).rejects.toMatchObject({ name: "RetryLater", seconds: 1 });
});
