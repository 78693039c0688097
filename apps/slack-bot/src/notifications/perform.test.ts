import { readEffect } from "@countersign/store";
import { openTestStore } from "@countersign/store/testing";
import { expect, it } from "vitest";
import { perform } from "./perform.ts";

it("plans and calls in its turn, and lets others call before it has settled", async () => {
  await using store = await openTestStore();
  const steps: string[] = [];
  const channel = {
    id: "C1",
    takeTurn: async () => ({ [Symbol.dispose]: () => void steps.push("turn over") }),
  };
  const about = { destination: "slack", contractId: null, target: "C1", kind: "notice" };
  const performed = await perform({ ...store, reach: (point) => steps.push(point) }, channel, {
    plan: { ...about, key: "slack/C1/notice", plan: { text: "Signed" } },
    wish: { method: "chat.postMessage", calls: 1, begun: false },
    call: async () => {
      steps.push("call");
      return "1.2";
    },
  });
  expect(performed).toEqual({ end: "done", ts: "1.2" });
  expect(steps).toEqual(["planned", "call", "turn over", "called", "settled"]);
  const effect = await readEffect(store, "slack/C1/notice");
  expect(effect).toMatchObject({ status: "done", outsideId: "1.2", after: { text: "Signed" } });
});
