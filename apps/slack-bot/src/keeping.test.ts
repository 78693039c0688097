import { PermanentError, readSubscriptions, takeRequest } from "@countersign/store";
import { noor } from "@countersign/sandbox";
import { expect, it, vi } from "vitest";
import { about, contracts, event, general, openScene } from "./audience/testing/scene.ts";
import { loseTarget } from "./audience/lose.ts";
import { digestQueue } from "./digests/due.ts";
import { keepMinute, startKeeping } from "./keeping.ts";

const open = openScene();

const patience = { timeout: 20_000, interval: 200 };

it("sends digests when the queue says so, and tells an admin what could not be told at once", async () => {
  const { hearing } = open().ports;
  const { ports, channels, store, sandbox, subscribe, happens, seen, wait } = open({
    hearing: { ...hearing, directMessages: false },
  });
  const minuteAgo = new Date(store.now().getTime() - 60_000).toISOString().slice(11, 16);
  await subscribe("mode:digest days:daily at:9:00", contracts);
  await store.database.query(
    `update subscriptions set rule = jsonb_set(rule, '{digest}', $1::jsonb)`,
    [JSON.stringify({ at: minuteAgo, days: "daily", timezone: "UTC" })],
  );
  wait(-120);
  await happens("alpha", about("Alpha"), event("contract.sent"));
  wait(120);
  await subscribe("tag:x", general);
  const method = "chat.postMessage";
  sandbox.slack.setFault({ kind: "rate-limited", retryAfterSeconds: 1, method });
  await loseTarget(ports, channels, general, new PermanentError("is_archived", ""));
  expect(await seen(noor.id)).toEqual([]);
  wait(2);
  const failures: unknown[] = [];
  const keeping = await startKeeping(ports, channels, (error) => failures.push(error));
  const [schedule] = await store.queue.getSchedules(digestQueue);
  await store.queue.send("slack-minute", { key: "minute" });
  await store.queue.send(digestQueue, { key: schedule?.key });
  await vi.waitFor(async () => {
    expect(await seen(contracts)).toMatchObject([{ text: expect.stringContaining("in short") }]);
    expect(await seen(noor.id)).toMatchObject([{ text: expect.stringContaining("can no longer") }]);
  }, patience);
  await keeping.stop();
  expect(failures).toEqual([]);
  expect(await readSubscriptions(store, "slack")).toHaveLength(2);
});

it("forgets each minute which requests were acted on some days ago", async () => {
  const { ports, channels, store, wait } = open();
  await takeRequest(store, "old");
  wait(2 * 86_400 + 60);
  await takeRequest(store, "new");
  await keepMinute(ports, channels);
  expect([await takeRequest(store, "old"), await takeRequest(store, "new")]).toEqual([true, false]);
});
