import { dana, noor } from "@countersign/sandbox";
import type { ReportedFact } from "@countersign/core";
import { quiet, readEffects, saveSettings, type Store } from "@countersign/store";
import { aFact, openTestStore } from "@countersign/store/testing";
import { createLog } from "@countersign/service";
import { beforeEach, expect, it, vi } from "vitest";
import { contracts as channel, about, openScene, type Scene } from "../audience/testing/scene.ts";
import { openPeople } from "../audience/people.ts";
import { clockOf, instantOf } from "../subscriptions/zoned-time.ts";
import { tell } from "../testing/bench.ts";
import { followNudges } from "./follow-nudges.ts";
import { nudgeAll, type Nudged } from "./nudge-all.ts";

const open = openScene();
let scene: Scene;
let titles = 0;
/** A contract of its own for each test. */
let title = "";
let id = "";
beforeEach(async () => {
  titles += 1;
  title = `Lease ${titles}`;
  id = `lease-${titles}`;
  scene = escalating();
  scene.sandbox.slack.clearFaults();
  await saveSettings(scene.store, { workspace: "", userId: dana.id }, {});
});

function escalating(): Scene {
  const first = open();
  const stalls = { ...first.ports.stalls, escalateTo: channel };
  const workingHours = { ...first.ports.workingHours, to: "20:00" };
  return open({ stalls, workingHours });
}

/** Puts the clock forward to the next time that Dana's shows this. */
function until(weekday: number, hour: number): void {
  const now = scene.ports.now();
  const there = clockOf(dana.zone, now);
  const days = (weekday - there.getUTCDay() + 7) % 7;
  const [today, inAWeek] = [days, days + 7].map((ahead) => {
    const day = new Date(there.getTime() + ahead * 86_400_000).toISOString().slice(0, 10);
    return instantOf(dana.zone, `${day}T${String(hour).padStart(2, "0")}:00`);
  });
  const next = today !== undefined && today > now ? today : inAWeek;
  scene.wait(((next ?? now).getTime() - now.getTime()) / 1_000);
}

const [monday, wednesday, thursday, friday, saturday] = [1, 3, 4, 5, 6];

async function happens(...facts: ReportedFact[]): Promise<void> {
  const occurredAt = scene.store.now().toISOString();
  await tell(scene.store, id, ...facts.map((fact) => ({ ...fact, occurredAt })));
}

const viewed = aFact("recipient.viewed", { recipient: "1" });
const sent = aFact("contract.sent");

/** A contract of Dana's that Ann views on a Monday at ten. */
async function stalls(...more: ReportedFact[]): Promise<void> {
  until(monday, 10);
  await happens(about(title, dana.email), sent, viewed, ...more);
}

async function run(of: Scene = scene): Promise<Nudged["end"][]> {
  const ends: Nudged[] = [];
  const people = openPeople(of.ports);
  const onNudged = (nudged: Nudged) => void ends.push(nudged);
  await nudgeAll({ ports: of.ports, channels: of.channels, people, onNudged });
  return ends.filter(({ contractId }) => contractId === `docusign/${id}`).map(({ end }) => end);
}

async function seen(where: string): Promise<string[]> {
  const messages = await scene.seen(where);
  return messages.map(({ text }) => text).filter((text) => text.includes(`“${title}”`));
}

it("tells the owner once, in working hours of their zone, whoever looks how often", async () => {
  await stalls();
  until(wednesday, 17);
  expect(await run()).toEqual([]);
  until(thursday, 8);
  expect(await run()).toEqual([]);
  until(thursday, 11);
  const ends = await Promise.all([run(), run(escalating()), run(escalating())]);
  expect(ends.flat()).toContain("told");
  expect(await run()).toEqual([]);
  expect(await seen(dana.id)).toEqual([
    `The contract “${title}” needs a push: Ann Lee viewed it and has not signed.`,
  ]);
  expect(await seen(channel)).toEqual([]);
});

it("goes to the channel once where nothing comes of it", async () => {
  await stalls();
  until(thursday, 11);
  await run();
  until(saturday, 11);
  expect(await run()).toEqual([]);
  until(monday, 10);
  expect(await run()).toEqual([]);
  until(monday, 13);
  expect(await run()).toEqual(["told"]);
  expect(await run()).toEqual([]);
  expect(await seen(channel)).toEqual([
    `The contract “${title}” needs a push: Ann Lee viewed it and has not signed. Nothing has come of telling its owner.`,
  ]);
});

it("says nothing once it goes on, and tells of the next stall", async () => {
  await stalls();
  until(thursday, 11);
  await run();
  await happens(aFact("recipient.signed", { recipient: "1" }));
  until(monday, 12);
  expect(await run()).toEqual([]);
  until(wednesday, 12);
  expect(await run()).toEqual(["told"]);
  expect(await seen(dana.id)).toEqual([
    expect.stringContaining("Ann Lee viewed it"),
    expect.stringContaining("it is partly signed and waits for Bob Roy"),
  ]);
  expect(await seen(channel)).toEqual([]);
});

it("is not sent of a contract that is completed while others are told", async () => {
  await stalls();
  until(thursday, 11);
  const channels: Scene["channels"] = {
    ...scene.channels,
    withPerson: async (workspace, userId) => {
      await happens(aFact("contract.completed"));
      return scene.channels.withPerson(workspace, userId);
    },
  };
  expect(await run({ ...scene, channels })).toEqual(["later"]);
  expect(await run()).toEqual([]);
  expect(await seen(dana.id)).toEqual([]);
});

it("tells of what is about to expire", async () => {
  until(monday, 10);
  const expiresAt = new Date(scene.ports.now().getTime() + 4 * 86_400_000).toISOString();
  const described = about(title, dana.email);
  const description = { ...described.description, expiresAt };
  await happens({ ...described, description }, sent);
  expect(await run()).toEqual([]);
  until(wednesday, 12);
  expect(await run()).toEqual(["told"]);
  expect(await run()).toEqual([]);
  expect(await seen(dana.id)).toEqual([expect.stringContaining("it expires soon and waits for")]);
});

it("heeds what the owner has muted, snoozed and switched off", async () => {
  await stalls();
  until(thursday, 11);
  const muted = { workspace: "", audience: dana.id, contractId: `docusign/${id}`, madeBy: dana.id };
  await quiet(scene.store, { ...muted, until: null });
  expect(await run()).toEqual([]);
  const tomorrow = new Date(scene.ports.now().getTime() + 86_400_000);
  await quiet(scene.store, { ...muted, until: tomorrow });
  expect(await run()).toEqual([]);
  until(friday, 12);
  const person = { workspace: "", userId: dana.id };
  await saveSettings(scene.store, person, { dm: { stalled: false } });
  expect(await run()).toEqual([]);
  await saveSettings(scene.store, person, {});
  expect(await run()).toEqual(["told"]);
});

it("tells the channel where the owner is nobody in Slack", async () => {
  until(monday, 10);
  await happens(about(title, "gone@old.example"), sent, viewed);
  until(thursday, 11);
  expect(await run()).toEqual(["told"]);
  until(thursday, 12);
  expect(await run()).toEqual([]);
  expect(await seen(channel)).toEqual([expect.not.stringContaining("Nothing has come of")]);
});

it("waits while Slack does not say who the owner is", async () => {
  until(monday, 10);
  await happens(about(title, noor.email), sent, viewed);
  // Noor's Monday was over by then; at four in New York, it is noon where she is.
  until(friday, 4);
  scene.sandbox.slack.setFault({ kind: "server-error", method: "users.lookupByEmail", times: 50 });
  expect(await run()).toEqual([]);
  scene.sandbox.slack.clearFaults();
  expect(await run()).toEqual(["told"]);
  expect(await seen(noor.id)).toHaveLength(1);
});

it("goes on after a refusal for now, and to the channel after one for good", async () => {
  await stalls();
  until(thursday, 11);
  const saying = { method: "chat.postMessage", saying: title };
  scene.sandbox.slack.setFault({ kind: "rate-limited", retryAfterSeconds: 30, ...saying });
  expect(await run()).toEqual(["later"]);
  scene.wait(31);
  scene.sandbox.slack.setFault({ kind: "error", error: "user_disabled", ...saying });
  expect(await run()).toEqual(["refused"]);
  expect(await run()).toEqual(["told"]);
  expect(await run()).toEqual([]);
  expect(await seen(dana.id)).toEqual([]);
  expect(await seen(channel)).toHaveLength(1);
  const effects = await readEffects(scene.store, `docusign/${id}`, "slack");
  expect(effects.map(({ kind, status }) => [kind, status])).toEqual([
    ["nudge", "failed"],
    ["nudge", "done"],
  ]);
});

it("gives a person no more than ten in a day, the rest the day after", async () => {
  until(monday, 10);
  const ids = Array.from({ length: 12 }, (_, index) => `many-${index}`);
  const occurredAt = scene.store.now().toISOString();
  for (const one of ids) {
    const facts = [about(`${title} ${one}`, noor.email), sent, viewed];
    await tell(scene.store, one, ...facts.map((fact) => ({ ...fact, occurredAt })));
  }
  until(friday, 4);
  const told = async () => {
    const messages = await scene.seen(noor.id);
    return messages.filter(({ text }) => text.includes(`${title} many`)).length;
  };
  await run();
  const first = await told();
  expect(first).toBe(10);
  await run();
  expect(await told()).toBe(first);
  until(monday, 4);
  await run();
  expect(await told()).toBe(12);
});

it("runs by a schedule, in one of two processes", async () => {
  const log = createLog("test", "silent");
  const other = await openTestStore({
    now: () => scene.ports.now(),
    schema: scene.store.schema,
    keep: true,
  });
  const inOther = open({ ...scene.ports, store: (): Store => other });
  const following = [
    await followNudges(scene.ports, scene.channels, log),
    await followNudges(inOther.ports, inOther.channels, log),
  ];
  const schedules = await scene.store.queue.getSchedules("slack-nudges");
  expect(schedules).toMatchObject([{ key: "nudge", cron: "*/10 * * * *" }]);
  await stalls();
  until(thursday, 11);
  for (const key of ["nudge", "nudge"]) await scene.store.queue.send("slack-nudges", { key });
  await vi.waitFor(async () => expect(await seen(dana.id)).toHaveLength(1), { timeout: 15_000 });
  for (const one of following) await one.stop();
  expect(await seen(dana.id)).toHaveLength(1);
  await other.close();
}, 40_000);
