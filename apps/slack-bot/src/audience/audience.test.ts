import { mara } from "@countersign/sandbox";
import { quiet, readEffects, removeSubscription, unquiet, wake } from "@countersign/store";
import { afterEach, describe, expect, it } from "vitest";
import { hush } from "../quieting/hush.ts";
import { about, contracts, event, general, openScene } from "./testing/scene.ts";

const scene = openScene();

/** The subscriptions of one test are none of the next one's. */
afterEach(async () => {
  await scene().store.database.query("delete from subscriptions");
});

const cardsOf = async (where: string, title: string) =>
  (await scene().seen(where)).filter(({ text }) => text.includes(title));

const noDirectMessages = () => ({
  hearing: { ...scene().ports.hearing, directMessages: false },
});

const withDefault = () => ({
  hearing: { ...scene().ports.hearing, defaultChannel: { workspace: "", channel: contracts } },
});

describe("the configured channel", () => {
  it("hears of everything, and what its own subscriptions say once it has some", async () => {
    const { happens, subscribe, wait } = scene(withDefault());
    await happens("alpha", about("Alpha"), event("contract.sent"));
    expect(await cardsOf(contracts, "Alpha")).toMatchObject([
      { lines: ["“Alpha”: The contract was sent."] },
    ]);
    await subscribe("event:completed", contracts);
    wait(2);
    await happens("alpha", event("recipient.viewed", "1"));
    await happens("bravo", about("Bravo"), event("contract.sent"));
    expect((await cardsOf(contracts, "Alpha"))[0]?.text).toContain("viewed");
    expect((await cardsOf(contracts, "Alpha"))[0]?.lines).toHaveLength(1);
    expect(await cardsOf(contracts, "Bravo")).toEqual([]);
  });
});

describe("a subscribed channel", () => {
  it("hears of what its rules want, once for all of them", async () => {
    const { happens, subscribe } = scene(noDirectMessages());
    await subscribe("template:Charlie event:sent");
    await subscribe("template:Charlie event:sent,completed mode:list");
    await happens("charlie", about("Charlie"), event("contract.sent"));
    await happens("delta", about("Delta"), event("contract.sent"));
    await happens("charlie", event("recipient.viewed", "1"));
    const said = await cardsOf(general, "Charlie");
    expect(said[0]).toMatchObject({ lines: ["“Charlie”: The contract was sent."] });
    expect(await cardsOf(general, "Delta")).toEqual([]);
  });

  it("hears nothing of what was before it", async () => {
    const { happens, subscribe, wait } = scene(noDirectMessages());
    await happens("echo", about("Echo"), event("contract.sent"));
    await happens("old", about("Oldest"), event("contract.completed"));
    wait(5);
    await subscribe("");
    wait(5);
    await happens("echo", event("recipient.signed", "1"));
    await happens("old", event("contract.noted"));
    expect(await cardsOf(general, "Echo")).toMatchObject([{ lines: ["“Echo”: Ann Lee signed."] }]);
    expect(await cardsOf(general, "Oldest")).toEqual([]);
  });

  it("that unsubscribes keeps the cards that stand true, and hears no more", async () => {
    const { happens, subscribe, store, wait } = scene(noDirectMessages());
    const id = await subscribe("");
    await happens("foxtrot", about("Foxtrot"), event("contract.sent"));
    await removeSubscription(store, id);
    wait(2);
    await happens("foxtrot", event("contract.completed"));
    await happens("golf", about("Golf"), event("contract.sent"));
    expect(await cardsOf(general, "Foxtrot")).toEqual([
      {
        text: "The contract “Foxtrot” is completed.",
        lines: ["“Foxtrot”: The contract was sent."],
      },
    ]);
    expect(await cardsOf(general, "Golf")).toEqual([]);
    expect(await scene(noDirectMessages()).bring("foxtrot")).toBe("not-called");
  });

  it("finds contracts by an owner whom it names by their Slack id", async () => {
    const { happens, subscribe } = scene(noDirectMessages());
    await subscribe(`owner:<@${mara.id}>`);
    await happens("hotel", about("Hotel", mara.email.toUpperCase()), event("contract.sent"));
    await happens("india", about("India", "x@example.com"), event("contract.sent"));
    expect(await cardsOf(general, "Hotel")).toHaveLength(1);
    expect(await cardsOf(general, "India")).toEqual([]);
  });

  it("gets no lines where it wants a digest", async () => {
    const { happens, subscribe, store } = scene(noDirectMessages());
    await subscribe("mode:digest");
    await happens("juliett", about("Juliett"), event("contract.sent"));
    expect(await cardsOf(general, "Juliett")).toEqual([]);
    expect(await readEffects(store, "docusign/juliett")).toMatchObject([
      { status: "skipped", code: "digest" },
    ]);
  });
});

describe("a contract that is quiet in a channel", () => {
  it("is not told of, also not later, but what comes after", async () => {
    const { happens, subscribe, store } = scene(noDirectMessages());
    await subscribe("");
    await happens("kilo", about("Kilo"), event("contract.sent"));
    const audience = { workspace: "", audience: general, contractId: "docusign/kilo" };
    await quiet(store, { ...audience, until: null, madeBy: mara.id });
    await happens("kilo", event("recipient.viewed", "1"));
    await unquiet(store, audience);
    await happens("kilo", event("recipient.signed", "1"));
    const [card] = await cardsOf(general, "Kilo");
    expect(card?.text).toContain("1 of 2 signed");
    expect(card?.lines).toEqual(["“Kilo”: The contract was sent.", "“Kilo”: Ann Lee signed."]);
  });

  it("is told of when the snooze is over", async () => {
    const { happens, subscribe, store, wait, bring } = scene(noDirectMessages());
    await subscribe("");
    await happens("lima", about("Lima"), event("contract.sent"));
    const until = new Date(store.now().getTime() + 600_000);
    const audience = { workspace: "", audience: general, contractId: "docusign/lima" };
    await hush(store, { ...audience, until, by: mara.id });
    await happens("lima", event("recipient.viewed", "1"));
    expect((await cardsOf(general, "Lima"))[0]?.lines).toHaveLength(1);
    wait(601);
    await wake(store, "slack", ["docusign/lima"]);
    await bring("lima");
    expect((await cardsOf(general, "Lima"))[0]?.lines).toEqual([
      "“Lima”: The contract was sent.",
      "“Lima”: Ann Lee viewed it.",
    ]);
  });
});
