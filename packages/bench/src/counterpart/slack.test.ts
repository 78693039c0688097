import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { createAccount } from "./account.ts";
import { createSlack } from "./slack.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function openSlack() {
  const slack = createSlack(createAccount());
  const call = (method: string, parameters: Record<string, string>) =>
    slack({
      method: "POST",
      path: `/api/${method}`,
      query: new URLSearchParams(),
      body: String(new URLSearchParams(parameters)),
    }).body;
  const post = (key: string) => {
    const metadata = JSON.stringify({ event_type: "a", event_payload: { key } });
    return call("chat.postMessage", { channel: "C1", metadata });
  };
  return { call, post };
}

it("finds a message by the time at which it was posted", () => {
  const { call, post } = openSlack();
  post("early");
  vi.advanceTimersByTime(900_000);
  post("late");
  const oldest = String(Date.now() / 1_000 - 60);
  expect(call("conversations.history", { channel: "C1", oldest })).toMatchObject({
    messages: [{ metadata: { event_payload: { key: "late" } } }],
  });
});

it("names no two messages alike, whenever they come", () => {
  const { post } = openSlack();
  const answers = ["a", "b", "c"].map(post);
  expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(3);
});
