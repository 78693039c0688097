import {
  follow,
  readEffects,
  type Followed,
  type Following,
  type PauseChange,
} from "@countersign/store";
import { aFact } from "@countersign/store/testing";
import { afterEach, beforeEach, expect, it } from "vitest";
import { notify } from "./notifications/notify.ts";
import { reportTo } from "./report.ts";
import {
  cardsOf,
  eventually,
  notifyPorts,
  openBench,
  silent,
  tell,
  type Bench,
} from "./testing/bench.ts";
import { described } from "./testing/contracts.ts";

let bench: Bench;
let following: Following;
let outcomes: Followed[];
let pauses: PauseChange[];

beforeEach(async () => {
  bench = await openBench();
  outcomes = [];
  pauses = [];
  const { onOutcome, onPause } = reportTo(silent, bench.metrics);
  following = await follow(
    bench.store,
    "slack",
    (stored) => notify(notifyPorts(bench.store, bench.channel), stored),
    {
      concurrency: 2,
      onOutcome: (outcome) => {
        outcomes.push(outcome);
        onOutcome(outcome);
      },
      onPause: (change) => {
        pauses.push(change);
        onPause(change);
      },
    },
  );
});
afterEach(async () => {
  await following.stop();
  await bench[Symbol.asyncDispose]();
});

async function send(title: string) {
  const occurredAt = bench.store.now().toISOString();
  await tell(bench.store, title, described({ title }), aFact("contract.sent", { occurredAt }));
}

const card = (title: string) => eventually(async () => (await cardsOf(bench, title))[0]);

it("goes on with the other contracts where one is refused for good", async () => {
  bench.sandbox.slack.setFault({ kind: "error", error: "invalid_blocks" });
  await send("First");
  await eventually(async () => outcomes.find(({ outcome }) => outcome === "permanent"));
  await send("Second");
  await card("Second");
  expect(await readEffects(bench.store, "docusign/First")).toMatchObject([
    { status: "failed", code: "invalid_blocks", message: expect.stringContaining("report it") },
  ]);
  expect(await cardsOf(bench, "First")).toEqual([]);
  const counted = await bench.metrics.registry.metrics();
  expect(counted).toMatch(/slack_calls_total\{method="chat.postMessage",result="permanent".*\} 1/);
  expect(counted).toMatch(/contracts_followed_total\{outcome="permanent".*\} 1/);
});

it("pauses with one alert while Slack refuses the token, and then catches up", async () => {
  bench.sandbox.slack.setFault({ kind: "error", error: "token_revoked" });
  await send("Third");
  await eventually(async () => pauses[0]);
  await send("Fourth");
  await eventually(async () => outcomes[1]);
  expect(await cardsOf(bench, "rth")).toEqual([]);
  expect(await bench.metrics.registry.metrics()).toMatch(/destination_paused\{.*\} 1/);
  bench.wait(31);
  for (const contractId of ["docusign/Third", "docusign/Fourth"]) {
    await bench.store.queue.insert("slack", [{ data: { contractId } }]);
  }
  await card("Third");
  await card("Fourth");
  await eventually(async () => pauses[1]);
  expect(pauses).toMatchObject([{ paused: true, code: "token_revoked" }, { paused: false }]);
  expect(await bench.metrics.registry.metrics()).toMatch(/destination_paused\{.*\} 0/);
});
