import { createMetrics } from "@countersign/service";
import type { Followed, PauseChange } from "@countersign/store";
import { Counter, Gauge, Histogram, type Registry } from "prom-client";
import type { WorkspaceChange } from "./installation/pauses.ts";
import { judge } from "./slack/errors.ts";
import type { Backlog } from "./slack/pace.ts";

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
  const notified = new Histogram({
    name: "countersign_notified_seconds",
    help: "From a contract's change to its being shown in Slack",
    buckets: [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 900, 3_600],
    registers,
  });
  const paused = new Gauge({
    name: "destination_paused",
    help: "1 while Slack refuses our credentials",
    labelNames: ["destination"],
    registers,
  });
  paused.set({ destination: "slack" }, 0);
  const workspacePaused = new Gauge({
    name: "slack_workspace_paused",
    help: "1 while a workspace that installed the app refuses its token",
    labelNames: ["workspace"],
    registers,
  });
  return {
    registry,
    countCall: (method: string, error: unknown) => {
      calls.inc({ method, result: error === null ? "ok" : judge(error).kind });
    },
    observeNotified: (seconds: number) => notified.observe(Math.max(0, seconds)),
    watchBacklog: (backlog: () => Backlog[]) => watchBacklog(registry, backlog),
    countFollowed: ({ outcome }: Followed) => followed.inc({ outcome }),
    setWorkspacePaused: ({ workspace, paused }: WorkspaceChange) =>
      workspacePaused.set({ workspace }, paused ? 1 : 0),
    setPaused: (change: PauseChange) => paused.set({ destination: "slack" }, change.paused ? 1 : 0),
  };
}

function watchBacklog(registry: Registry, backlog: () => Backlog[]): void {
  const gauge = new Gauge({
    name: "slack_pace_backlog_seconds",
    help: "How long those wait who come last for a limit of Slack's; no channel where all share it",
    labelNames: ["channel", "method"],
    registers: [],
    collect() {
      for (const { channel, method, seconds } of backlog()) this.set({ channel, method }, seconds);
    },
  });
  registry.registerMetric(gauge);
}

export type SlackMetrics = ReturnType<typeof createSlackMetrics>;
