import { dana, mara, noor } from "@countersign/sandbox";
import { changeSubscription, PermanentError, readSubscriptions } from "@countersign/store";
import { afterEach, describe, expect, it } from "vitest";
import { roles } from "../acting/testing/stage.ts";
import type { Ports } from "../ports.ts";
import { everything } from "./channel-plans.ts";
import { loseTarget } from "./lose.ts";
import { tellOfStops } from "./stops.ts";
import { about, contracts, event, general, openScene } from "./testing/scene.ts";

const scene = openScene();

afterEach(async () => {
  scene().sandbox.slack.clearFaults();
  await scene().store.database.query("delete from subscriptions");
  await scene().store.database.query("delete from places");
});

const quietly = (more: Partial<Ports["hearing"]> = {}) => ({
  hearing: { ...scene().ports.hearing, directMessages: false, ...more },
});

const refused = (error: string) => ({ kind: "error", error, method: "chat.postMessage" }) as const;

const stopsTold = async (userId: string) =>
  (await scene().seen(userId)).filter(({ text }) => text.includes("I can no longer post"));

const subscriptions = async () =>
  (await readSubscriptions(scene().store, "slack")).map(({ channel, stopped }) => [
    channel,
    stopped?.code ?? null,
  ]);

describe("a channel that cannot be posted to", () => {
  it("is stopped, an admin is told once, and no other channel suffers", async () => {
    const { happens, subscribe, sandbox, seen, wait } = scene(quietly());
    await subscribe("template:Alpha", contracts);
    await subscribe("template:Alpha event:sent", "C0GONE");
    await subscribe("template:Other", "C0GONE");
    const before = (await stopsTold(noor.id)).length;
    await happens("alpha", about("Alpha"), event("contract.sent"));
    await happens("alpha", event("contract.completed"));
    expect(await subscriptions()).toEqual([
      [contracts, null],
      ["C0GONE", "channel_not_found"],
      ["C0GONE", "channel_not_found"],
    ]);
    const shown = (await seen(contracts)).filter(({ text }) => text.includes("Alpha"));
    expect(shown).toMatchObject([{ text: "The contract “Alpha” is completed." }]);
    const told = (await stopsTold(noor.id)).slice(before);
    expect(told.map(({ text }) => text)).toEqual([
      "I can no longer post in <#C0GONE>. Reason: Slack refused (channel_not_found). What to do: The channel was deleted, or is private and the app is no member: type /invite @Countersign there. Then type /contract subscribe there.",
    ]);
    wait(2);
    const calls = sandbox.slack.calls.length;
    await happens("alpha2", about("Alpha 2"), event("contract.sent"));
    const posts = sandbox.slack.calls.slice(calls).map(({ method }) => method);
    expect(posts).toEqual(["chat.postMessage", "chat.postMessage"]);
  });

  it("is told of again when it is lost again", async () => {
    const { subscribe, ports, channels, store, wait } = scene(quietly());
    const id = await subscribe("", general);
    const before = (await stopsTold(noor.id)).length;
    const why = new PermanentError("is_archived", "");
    await Promise.all([1, 2, 3].map(() => loseTarget(ports, channels, general, why)));
    wait(5);
    await tellOfStops(ports, channels);
    expect(await stopsTold(noor.id)).toHaveLength(before + 1);
    await changeSubscription(store, id, { rule: everything, madeBy: dana.id });
    wait(5);
    await loseTarget(ports, channels, general, why);
    expect(await stopsTold(noor.id)).toHaveLength(before + 2);
  });

  it("that is configured is stopped like any other, and begins anew when it is subscribed", async () => {
    const defaultChannel = { workspace: "", channel: general };
    const { happens, sandbox, store, seen, wait } = scene(quietly({ defaultChannel }));
    sandbox.slack.setFault(refused("is_archived"));
    await happens("bravo", about("Bravo"), event("contract.sent"));
    sandbox.slack.clearFaults();
    expect(await subscriptions()).toEqual([[general, "is_archived"]]);
    wait(2);
    await happens("bravo", event("recipient.viewed", "1"));
    expect((await seen(general)).filter(({ text }) => text.includes("Bravo"))).toEqual([]);
    const [row] = await readSubscriptions(store, "slack");
    await changeSubscription(store, row?.id ?? "", { rule: everything, madeBy: dana.id });
    wait(2);
    await happens("bravo", event("recipient.signed", "1"));
    expect((await seen(general)).filter(({ text }) => text.includes("Bravo"))).toMatchObject([
      { lines: ["“Bravo”: Ann Lee signed."] },
    ]);
  });

  it("where nobody is subscribed any more is left alone, and nobody is told", async () => {
    const { happens, subscribe, sandbox, store, wait } = scene(quietly());
    await subscribe("template:Charlie");
    await happens("charlie", about("Charlie"), event("contract.sent"));
    await store.database.query("delete from subscriptions");
    wait(2);
    const before = (await stopsTold(noor.id)).length;
    const fault = { kind: "error", error: "not_in_channel", method: "chat.update" } as const;
    sandbox.slack.setFault(fault);
    await happens("charlie", event("recipient.viewed", "1"));
    sandbox.slack.clearFaults();
    const calls = sandbox.slack.calls.length;
    await happens("charlie", event("recipient.signed", "1"));
    expect(sandbox.slack.calls).toHaveLength(calls);
    expect(await stopsTold(noor.id)).toHaveLength(before);
  });
});

describe("whom it is told", () => {
  it("is the configured admin, then the next where the first cannot be written to", async () => {
    const admins = ["U0NOBODY", mara.id, noor.id];
    const { subscribe, ports, channels } = scene({ ...quietly(), roles: { ...roles, admins } });
    await subscribe("", contracts);
    const before = await Promise.all([mara.id, noor.id].map(stopsTold));
    await loseTarget(ports, channels, contracts, new PermanentError("is_archived", ""));
    const after = await Promise.all([mara.id, noor.id].map(stopsTold));
    expect(after.map((told, index) => told.length - (before[index]?.length ?? 0))).toEqual([1, 0]);
  });

  it("hears of it later where Slack is away", async () => {
    const { subscribe, ports, channels, sandbox, wait } = scene(quietly());
    await subscribe("", contracts);
    const before = (await stopsTold(noor.id)).length;
    sandbox.slack.setFault({
      kind: "rate-limited",
      retryAfterSeconds: 5,
      method: "chat.postMessage",
    });
    await loseTarget(ports, channels, contracts, new PermanentError("is_archived", ""));
    expect(await stopsTold(noor.id)).toHaveLength(before);
    wait(6);
    await tellOfStops(ports, channels);
    expect(await stopsTold(noor.id)).toHaveLength(before + 1);
  });
});
