import { PermanentError, RetryLater } from "@countersign/store";
import { afterEach, expect, it } from "vitest";
import { contracts, openScene } from "../audience/testing/scene.ts";
import { sentenceMessage } from "../blocks/message.ts";
import { sayOnce } from "./say-once.ts";

const scene = openScene();

afterEach(() => scene().sandbox.slack.clearFaults());

const saying = (key: string, more = {}) => ({
  key,
  kind: "digest",
  message: sentenceMessage(`This is ${key}.`),
  more,
});

async function say(key: string, more = {}) {
  const { store, channels } = scene();
  return sayOnce(store, await channels.of("", contracts), saying(key, more));
}

const said = async (key: string) =>
  (await scene().seen(contracts)).filter(({ text }) => text === `This is ${key}.`).length;

it("says it once, and remembers what it was when it was said", async () => {
  const both = await Promise.allSettled([say("alpha", { to: 1 }), say("alpha", { to: 2 })]);
  // Whichever came first said it; the other may have been sent away meanwhile.
  const [first] = both.flatMap((end) => (end.status === "fulfilled" ? [end.value] : []));
  expect(first).toMatchObject({ isSaid: true });
  expect(await say("alpha", { to: 3 })).toEqual(first);
  expect(await said("alpha")).toBe(1);
});

it.each(["drop-after-applying", "server-error"] as const)(
  "says it once where the call was cut off (%s)",
  async (kind) => {
    const { sandbox, wait } = scene();
    sandbox.slack.setFault({ kind, method: "chat.postMessage" });
    await expect(say(kind)).rejects.toBeInstanceOf(Error);
    await expect(say(kind)).rejects.toBeInstanceOf(RetryLater);
    wait(16);
    expect(await say(kind)).toMatchObject({ isSaid: true });
    expect(await said(kind)).toBe(1);
  },
);

it("finds it where our clock is minutes ahead of Slack's", async () => {
  const { sandbox, wait } = scene();
  wait(240);
  sandbox.slack.setFault({ kind: "drop-after-applying", method: "chat.postMessage" });
  await expect(say("ahead")).rejects.toBeInstanceOf(Error);
  wait(16);
  expect(await say("ahead")).toMatchObject({ isSaid: true });
  expect(await said("ahead")).toBe(1);
});

it("comes back when Slack says so, and gives up what is refused for good", async () => {
  const { sandbox, wait } = scene();
  const method = "chat.postMessage";
  sandbox.slack.setFault({ kind: "rate-limited", retryAfterSeconds: 5, method });
  await expect(say("bravo")).rejects.toMatchObject({ seconds: 5 });
  wait(6);
  sandbox.slack.setFault({ kind: "error", error: "restricted_action", method });
  await expect(say("bravo")).rejects.toBeInstanceOf(PermanentError);
  sandbox.slack.clearFaults();
  expect(await say("bravo")).toMatchObject({ isSaid: false });
  expect(await said("bravo")).toBe(0);
});
