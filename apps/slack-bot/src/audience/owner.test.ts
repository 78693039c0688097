import { dana, mara, noor } from "@countersign/sandbox";
import { readPerson, savePerson, saveSettings, saveDeal, saveLink } from "@countersign/store";
import { beforeEach, describe, expect, it } from "vitest";
import { hush } from "../quieting/hush.ts";
import { clockOf } from "../subscriptions/zoned-time.ts";
import { about, event, openScene } from "./testing/scene.ts";

const scene = openScene();

/** At any hour, so that it does not matter when the tests run. */
const atAnyHour = { quietHours: null, weekends: "as usual" };

const as = (userId: string) => ({ workspace: "", userId });

beforeEach(async () => {
  for (const { id } of [dana, mara, noor]) await saveSettings(scene().store, as(id), atAnyHour);
});

const toldTo = async (userId: string, title: string) =>
  (await scene().seen(userId)).filter(({ text }) => text.includes(title));

const lookups = () =>
  scene().sandbox.slack.calls.filter(({ method }) => method === "users.lookupByEmail").length;

describe("the owner of a contract", () => {
  it("hears by direct message of what others did, and is looked up once", async () => {
    const { happens, store } = scene();
    const before = lookups();
    await happens("alpha", about("Alpha", mara.email), event("contract.sent"));
    expect(await toldTo(mara.id, "Alpha")).toEqual([]);
    await happens("alpha", event("recipient.viewed", "1"), event("recipient.signed", "1"));
    expect(await toldTo(mara.id, "Alpha")).toEqual([
      {
        text: "The contract “Alpha” is partly signed; 1 of 2 signed.",
        lines: ["“Alpha”: Ann Lee signed."],
      },
    ]);
    await happens("alpha", event("contract.completed"));
    expect((await toldTo(mara.id, "Alpha"))[0]?.lines).toHaveLength(2);
    expect(lookups() - before).toBe(1);
    expect(await readPerson(store, as(mara.id))).toMatchObject({ timezone: mara.zone });
  });

  it("is whoever says that the address is theirs", async () => {
    const { happens, store } = scene();
    const email = "dana@crm.example";
    await savePerson(store, { ...as(dana.id), email, isStated: true, timezone: null });
    await happens("bravo", about("Bravo", email), event("recipient.signed", "1"));
    expect(await toldTo(dana.id, "Bravo")).toHaveLength(1);
  });

  it("is nobody where Slack does not know the address", async () => {
    const { happens } = scene();
    const before = lookups();
    await happens(
      "charlie",
      about("Charlie", "x@elsewhere.example"),
      event("recipient.signed", "1"),
    );
    await happens("charlie", event("recipient.signed", "2"));
    expect(lookups() - before).toBeLessThan(3);
  });

  it("keeps the card, without lines, when somebody else becomes it, who hears all that follows", async () => {
    const { happens, store } = scene();
    await happens("delta", about("Delta", mara.email), event("recipient.viewed", "1"));
    await happens("delta", event("recipient.signed", "1"));
    const deal = { destination: "hubspot", recordId: "d1" };
    await saveDeal(store, {
      ...deal,
      name: null,
      amount: null,
      currency: null,
      stage: null,
      pipeline: null,
      account: null,
      ownerEmail: noor.email,
      url: null,
    });
    const contractId = "docusign/delta";
    await saveLink(store, { ...deal, contractId, foundBy: "rule", certainty: 1, detail: "" });
    await happens("delta", event("contract.completed"));
    expect(await toldTo(mara.id, "Delta")).toEqual([
      { text: "The contract “Delta” is completed.", lines: ["“Delta”: Ann Lee signed."] },
    ]);
    expect((await toldTo(noor.id, "Delta"))[0]?.lines).toContain(
      "“Delta”: The contract is completed.",
    );
  });

  it("hears nothing where direct messages are off", async () => {
    const { ports } = scene();
    const { happens } = scene({ hearing: { ...ports.hearing, directMessages: false } });
    await happens("echo", about("Echo", mara.email), event("recipient.signed", "1"));
    expect(await toldTo(mara.id, "Echo")).toEqual([]);
  });

  it("hears nothing of what they muted", async () => {
    const { happens, store } = scene();
    await happens("foxtrot", about("Foxtrot", mara.email), event("contract.sent"));
    const audience = { workspace: "", audience: mara.id, contractId: "docusign/foxtrot" };
    await hush(store, { ...audience, until: null, by: mara.id });
    await happens("foxtrot", event("recipient.signed", "1"));
    expect(await toldTo(mara.id, "Foxtrot")).toEqual([]);
  });
});

/** Quiet from an hour ago until then, by the person's own clock. */
function quietFor(minutes: number, { zone } = mara) {
  return {
    quietHours: { from: timeIn(-60, zone), to: timeIn(minutes, zone) },
    weekends: "as usual",
  };
}

function timeIn(minutes: number, zone: string): string {
  const then = new Date(scene().store.now().getTime() + minutes * 60_000);
  return clockOf(zone, then).toISOString().slice(11, 16);
}

describe("in quiet hours", () => {
  it("an owner hears nothing, and all of it when they end, by themselves", async () => {
    const { happens, store, wait, bring } = scene();
    await savePerson(store, {
      ...as(mara.id),
      email: mara.email,
      isStated: false,
      timezone: mara.zone,
    });
    await saveSettings(store, as(mara.id), quietFor(10));
    await happens("golf", about("Golf", mara.email), event("recipient.signed", "1"));
    await happens("golf", event("recipient.signed", "2"));
    expect(await toldTo(mara.id, "Golf")).toEqual([]);
    const jobs = await store.queue.findJobs("slack-later");
    const { startAfter } = jobs.at(-1) ?? {};
    const ends = startAfter === undefined ? 0 : new Date(startAfter).getTime();
    expect(ends - store.now().getTime()).toBeGreaterThan(8 * 60_000);
    expect(ends - store.now().getTime()).toBeLessThan(11 * 60_000);
    wait(11 * 60);
    await bring("golf");
    expect((await toldTo(mara.id, "Golf"))[0]?.lines).toEqual([
      "“Golf”: Ann Lee signed.",
      "“Golf”: Bob Roy signed.",
    ]);
  });

  it("who stated an address is let alone by the clock that Slack has of them", async () => {
    const { happens, store, sandbox } = scene();
    const email = "d.reyes@crm.example";
    await savePerson(store, { ...as(dana.id), email, isStated: true, timezone: null });
    await store.database.query("update people set timezone = null where user_id = $1", [dana.id]);
    await saveSettings(store, as(dana.id), quietFor(10, dana));
    sandbox.slack.setFault({ kind: "server-error", method: "users.info" });
    await happens("november", about("November", email), event("recipient.signed", "1"));
    sandbox.slack.clearFaults();
    expect(await toldTo(dana.id, "November")).toHaveLength(1);
    scene().wait(31);
    await happens("oscar", about("Oscar", email), event("recipient.signed", "1"));
    expect(await toldTo(dana.id, "Oscar")).toEqual([]);
    expect(await readPerson(store, as(dana.id))).toMatchObject({ email, timezone: dana.zone });
  });

  it("whoever moved is let alone by their new clock, a day later at the latest", async () => {
    const { happens, store } = scene();
    const email = "d.reyes@crm.example";
    await savePerson(store, { ...as(dana.id), email, isStated: true, timezone: "Asia/Tokyo" });
    await saveSettings(store, as(dana.id), quietFor(10, dana));
    await store.database.query("update people set updated_at = $1 where user_id = $2", [
      new Date(store.now().getTime() - 86_401_000),
      dana.id,
    ]);
    await happens("papa", about("Papa", email), event("recipient.signed", "1"));
    expect(await toldTo(dana.id, "Papa")).toEqual([]);
    expect(await readPerson(store, as(dana.id))).toMatchObject({ email, timezone: dana.zone });
  });

  it("nobody is woken for what they do not want to hear of", async () => {
    const { happens, store } = scene();
    await saveSettings(store, as(mara.id), quietFor(10));
    const before = (await store.queue.findJobs("slack-later")).length;
    await happens("hotel", about("Hotel", mara.email), event("recipient.viewed", "1"));
    expect(await store.queue.findJobs("slack-later")).toHaveLength(before);
  });
});

describe("while Slack cannot say who the owner is", () => {
  it("channels hear of it, and it is looked at again", async () => {
    const { happens, store, sandbox, subscribe, seen, bring, wait } = scene();
    await subscribe("template:India");
    const method = "users.lookupByEmail";
    const email = "hale@elsewhere.example";
    sandbox.slack.setFault({ kind: "server-error", method });
    await happens("india", about("India", email), event("contract.sent"));
    sandbox.slack.clearFaults();
    const told = (await seen("C000000001")).filter(({ text }) => text.includes("India"));
    expect(told).toHaveLength(1);
    const woken = await store.queue.findJobs("slack-later");
    expect(woken.map(({ data }) => data)).toContainEqual({ contractId: "docusign/india" });
    wait(61);
    expect(await bring("india")).toBe("not-called");
  });
});

describe("while Slack takes no more questions", () => {
  it("none are asked, whoever owns the contract", async () => {
    const { happens, sandbox, wait } = scene();
    const method = "users.lookupByEmail";
    sandbox.slack.setFault({ kind: "rate-limited", retryAfterSeconds: 30, method });
    const before = lookups();
    await happens("lima", about("Lima", "one@elsewhere.example"), event("contract.sent"));
    await happens("mike", about("Mike", "two@elsewhere.example"), event("contract.sent"));
    expect(lookups() - before).toBe(1);
    wait(31);
    await happens("mike", event("recipient.signed", "1"));
    expect(lookups() - before).toBe(2);
  });
});

describe("who cannot be written to", () => {
  it("is lost for a day, and an admin is told once", async () => {
    const { happens, sandbox, store, seen, wait } = scene();
    await savePerson(store, { ...as(dana.id), email: dana.email, isStated: true, timezone: null });
    const fault = {
      kind: "error",
      error: "messages_tab_disabled",
      method: "chat.postMessage",
    } as const;
    sandbox.slack.setFault(fault);
    await happens("juliett", about("Juliett", dana.email), event("recipient.signed", "1"));
    sandbox.slack.clearFaults();
    await happens("kilo", about("Kilo", dana.email), event("recipient.signed", "1"));
    expect(await toldTo(dana.id, "Kilo")).toEqual([]);
    const told = (await seen(noor.id)).filter(({ text }) => text.includes("I can no longer write"));
    expect(told).toHaveLength(1);
    wait(86_401);
    await happens("kilo", event("recipient.signed", "2"));
    expect(await toldTo(dana.id, "Kilo")).toHaveLength(1);
  });
});
