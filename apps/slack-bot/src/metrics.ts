import { createMetrics } from "@countersign/service";
import type { Followed, PauseChange } from "@countersign/store";
import { Counter, Gauge } from "prom-client";
import { judge } from "./slack/errors.ts";

/** What the bot counts. */
export function createSlackMetrics() {
  const registry = createMetrics("slack-bot");
  const registers = [registry];
  const calls = new Counter({
    name: "slack_calls_total",
    help: "Calls of Slack's Web API, by how they ended",
    labelNames: ["method", "result"],
    registers,
  });
  const followed = new Counter({
    name: "contracts_followed_total",
    help: "Looks at a changed contract, by how they ended",
    labelNames: ["outcome"],
    registers,
  });
  const paused = new Gauge({
    name: "destination_paused",
    help: "1 while Slack refuses our credentials",
    labelNames: ["destination"],
    registers,
  });
  paused.set({ destination: "slack" }, 0);
  return {
    registry,
    countCall: (method: string, error: unknown) => {
      calls.inc({ method, result: error === null ? "ok" : judge(error).kind });
    },
    countFollowed: ({ outcome }: Followed) => followed.inc({ outcome }),
    setPaused: (change: PauseChange) => paused.set({ destination: "slack" }, change.paused ? 1 : 0),
  };
}

export type SlackMetrics = ReturnType<typeof createSlackMetrics>;
