import { dana, mara } from "@countersign/sandbox";
import { readHomeTab, record, savePerson, saveSettings, type HomeTab } from "@countersign/store";
import { aDelivery, aFact, aReport } from "@countersign/store/testing";
import { beforeEach, describe, expect, it } from "vitest";
import { asking, openStage, rolesWith, use, viewOf } from "../acting/testing/stage.ts";
import { homePageAction } from "../actions/home-page/index.ts";
import { openSettingsAction } from "../actions/open-settings/index.ts";
import { buttonsOf, read } from "../blocks/testing/readable.ts";
import { findViewFaults } from "../blocks/validate.ts";
import { readEvent, takeEvent } from "../events/event.ts";
import type { Ports } from "../ports.ts";
import { redraw } from "./draw-home.ts";
import { forgetClosedHomes, keepHomes, redrawStale } from "./keep-homes.ts";
import { homeOpened } from "./opened.ts";
import { homePage } from "./read-home.ts";

const stage = openStage();
const who = { workspace: "", userId: dana.id };
const own = { sender: { name: dana.name, email: dana.email } };
const fail = (error: unknown) => expect.fail(String(error));

let opened = 0;
async function open(ports: Ports = stage().ports, more = {}) {
  const event = { type: "app_home_opened", user: dana.id, tab: "home", ...more };
  const body = { event_id: `Ev${(opened += 1)}`, team_id: "T000000001", event };
  return takeEvent(readEvent(body, ports), homeOpened, ports);
}

/** What Dana sees in her home tab; Slack would take it. */
async function seen(): Promise<{ text: string; hash: string; blocks: unknown }> {
  const { home } = await (await stage().sandbox.slack.person(dana.id)).sees();
  if (home === null) throw new Error("There is no home tab.");
  const { type, callback_id, blocks, hash } = home;
  expect(findViewFaults({ type, callback_id, blocks: withoutIds(blocks) })).toEqual([]);
  return { text: read({ blocks }), hash, blocks };
}

function withoutIds(blocks: unknown): unknown {
  return JSON.parse(JSON.stringify(blocks));
}

async function sign(id: string) {
  const fact = aFact("recipient.signed", { recipient: "1", occurredAt: new Date().toISOString() });
  const externalId = id.replace("docusign/", "");
  const delivery = aDelivery(`${id} signed`, { receivedAt: stage().ports.now() });
  await record(stage().store, delivery, aReport(externalId, fact));
}

async function tab(): Promise<HomeTab> {
  const kept = await readHomeTab(stage().store, who);
  if (kept === null) throw new Error("No home tab is kept.");
  return kept;
}

describe("opening App Home", () => {
  it("shows the contracts of whoever opens it, and nobody else's", async () => {
    await stage().contract("Lark lease", own);
    await stage().contract("Mara's offer", { sender: { name: mara.name, email: mara.email } });
    await open();
    const { text } = await seen();
    expect(text).toContain("1 open contract: 1 waits for others.");
    expect(text).toContain("Lark lease · Sent, waits for Ann Lee since <!date^");
    expect(text).not.toContain("offer");
    expect(text).toContain("(America/New_York)");
  });

  it("shows what waits for their own signature, whoever sent it", async () => {
    const ofMara = { workspace: "", userId: mara.id };
    await savePerson(stage().store, {
      ...ofMara,
      email: "ANN@example.com",
      isStated: true,
      timezone: null,
    });
    await open(stage().ports, { user: mara.id });
    const { home } = await (await stage().sandbox.slack.person(mara.id)).sees();
    const text = read({ blocks: home?.blocks });
    expect(text).toContain("👉 *Needs your move*\n📨 ");
    expect(text).toContain("Lark lease · Sent, waits for Ann Lee");
    await savePerson(stage().store, {
      ...ofMara,
      email: "bob@example.com",
      isStated: true,
      timezone: null,
    });
    await open(stage().ports, { user: mara.id });
    const after = await (await stage().sandbox.slack.person(mara.id)).sees();
    expect(read({ blocks: after.home?.blocks })).toContain("None of your contracts is open.");
    await stage().store.database.query("delete from home_tabs where user_id = $1", [mara.id]);
  });

  it("is drawn once for one event, and not for the tab with messages", async () => {
    const before = await seen();
    const body = { event_id: "Ev same", event: { type: "app_home_opened", user: dana.id } };
    const event = readEvent(body, stage().ports);
    const takes = [1, 2, 3].map(() => takeEvent(event, homeOpened, stage().ports));
    expect((await Promise.all(takes)).toSorted()).toEqual(["handled", "repeated", "repeated"]);
    const { hash } = await seen();
    expect(hash).not.toBe(before.hash);
    await open(stage().ports, { tab: "messages" });
    expect((await seen()).hash).toBe(hash);
  });

  it("shows amounts to whom the roles say", async () => {
    await stage().contract("Finch lease", { ...own, amount: { value: 25_000, currency: "EUR" } });
    await open();
    expect((await seen()).text).toContain("€25,000");
    await open({ ...stage().ports, roles: rolesWith("seeAmounts", "admins") });
    expect((await seen()).text).not.toContain("25,000");
    await open({ ...stage().ports, roles: rolesWith("seeAmounts", "owner") });
    expect((await seen()).text).toContain("€25,000");
  });

  it("leads to the other pages, the same way as the buttons", async () => {
    await Promise.all(
      Array.from({ length: homePage }, (_, place) => stage().contract(`Wren ${place}`, own)),
    );
    await open();
    const next = buttonsOf(await seen()).get("Next");
    expect(next).toMatchObject({ action_id: "home_page:next", value: "2" });
    const reply = await homePageAction.run(use("2"), asking({ channel: null }), stage().ports);
    expect(reply).toEqual({ kind: "nothing" });
    expect((await seen()).text).toContain("Page 2 of 2");
    expect((await tab()).page).toBe(2);
    await homePageAction.run(use("99"), asking({ channel: null }), stage().ports);
    expect((await tab()).page).toBe(2);
    await open();
    expect((await seen()).text).toContain("Page 1 of 2");
  });

  it("leads to the settings", async () => {
    const as = asking({ channel: null });
    const view = viewOf(await openSettingsAction.run(use(""), as, stage().ports));
    expect(view.callback_id).toBe("settings");
  });
});

describe("an open App Home", () => {
  beforeEach(async () => {
    stage().wait(60);
    await open();
    stage().wait(10);
  });

  it("follows what changes, once", async () => {
    const expiresAt = new Date(stage().ports.now().getTime() + 86_400_000).toISOString();
    const { id } = await stage().contract("Robin lease", { ...own, expiresAt });
    stage().wait(10);
    const both = [redrawStale(stage().ports, fail), redrawStale(stage().ports, fail)];
    expect((await Promise.all(both)).toSorted((a, b) => a - b)).toEqual([0, 1]);
    expect((await seen()).text).toContain("⏰ *Expiring soon*\n📨 Robin lease · Sent");
    await sign(id);
    stage().wait(10);
    await redrawStale(stage().ports, fail);
    const { text, hash } = await seen();
    expect(text).toContain("Robin lease · Partly signed, waits for Bob Roy");
    expect((await tab()).hash).toBe(hash);
  });

  it("stays on its page", async () => {
    await homePageAction.run(use("2"), asking({ channel: null }), stage().ports);
    const { hash } = await seen();
    await stage().contract("Siskin lease", own);
    stage().wait(10);
    await redrawStale(stage().ports, fail);
    const { text, hash: after } = await seen();
    expect(text).toContain("Page 2 of 2");
    expect(after).not.toBe(hash);
  });

  it("follows what the person wants to hear", async () => {
    await saveSettings(stage().store, who, { digest: { every: "day", at: "07:30" } });
    stage().wait(10);
    await redrawStale(stage().ports, fail);
    expect((await seen()).text).toContain("*Digest* daily at 07:30");
  });

  it("is left alone where it shows the same", async () => {
    const { hash } = await seen();
    await saveSettings(stage().store, who, { digest: { every: "day", at: "07:30" } });
    stage().wait(10);
    expect(await redrawStale(stage().ports, fail)).toBe(1);
    expect((await seen()).hash).toBe(hash);
  });

  it("is not drawn over by whoever knows an older state", async () => {
    const old = await tab();
    await stage().contract("Heron lease", own);
    await open();
    const { hash } = await seen();
    await redraw(stage().ports, { ...old, drawn: null });
    expect((await seen()).hash).toBe(hash);
  });

  it("is drawn where its state was noted wrongly", async () => {
    const { database } = stage().store;
    await database.query("update home_tabs set hash = 'wrong', drawn = null");
    await redraw(stage().ports, await tab());
    const { hash } = await seen();
    expect((await tab()).hash).toBe(hash);
  });

  it("is drawn later where Slack does not take it now", async () => {
    await stage().contract("Plover lease", own);
    stage().wait(10);
    const errors: unknown[] = [];
    stage().sandbox.slack.setFault({
      kind: "rate-limited",
      method: "views.publish",
      retryAfterSeconds: 1,
    });
    expect(await redrawStale(stage().ports, (error) => errors.push(error))).toBe(1);
    expect(errors).toHaveLength(1);
    stage().sandbox.slack.clearFaults();
    stage().wait(10);
    await redrawStale(stage().ports, fail);
    expect((await seen()).text).toMatch(/1[4-9]|2\d open contracts/);
    expect(await redrawStale(stage().ports, fail)).toBe(0);
  });

  it("is followed by itself, until that is stopped", async () => {
    await stage().contract("Dipper lease", own);
    stage().wait(10);
    const { hash } = await seen();
    const keeping = keepHomes(stage().ports, { everyMs: 20, onError: fail });
    await expect.poll(async () => (await seen()).hash, { timeout: 5_000 }).not.toBe(hash);
    await keeping.stop();
    await stage().contract("Rail lease", own);
    stage().wait(10);
    const last = (await seen()).hash;
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect((await seen()).hash).toBe(last);
  });

  it("is nobody's care after ten minutes, and forgotten after a day", async () => {
    await stage().contract("Snipe lease", own);
    stage().wait(601);
    expect(await redrawStale(stage().ports, fail)).toBe(0);
    expect(await forgetClosedHomes(stage().ports)).toBe(0);
    stage().wait(24 * 3_600);
    expect(await forgetClosedHomes(stage().ports)).toBe(1);
  });
});
