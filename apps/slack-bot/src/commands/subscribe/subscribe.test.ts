import { dana, mara, noor } from "@countersign/sandbox";
import {
  readSubscriptions,
  savePlace,
  losePlace,
  readPlace,
  stopSubscriptions,
} from "@countersign/store";
import { beforeEach, describe, expect, it } from "vitest";
import { asking, rolesWith, use } from "../../acting/testing/stage.ts";
import { cancelAction } from "../../actions/cancel/index.ts";
import { subscribeConfirmAction } from "../../actions/subscribe-confirm/index.ts";
import { unsubscribeAction } from "../../actions/unsubscribe/index.ts";
import type { Reply } from "../../asking.ts";
import { about, event, general, openScene } from "../../audience/testing/scene.ts";
import { buttonsOf, read } from "../../blocks/testing/readable.ts";
import { findAnswerFaults } from "../../blocks/validate.ts";
import type { Ports } from "../../ports.ts";
import { subscriptions } from "../subscriptions/index.ts";
import { unsubscribe } from "../unsubscribe/index.ts";
import { subscribe } from "./index.ts";

const scene = openScene();

beforeEach(async () => {
  await scene().store.database.query("delete from subscriptions");
});

const here = asking({ channel: general });

function shown(reply: Reply) {
  if (reply.kind !== "message" && reply.kind !== "replace") throw new Error(reply.kind);
  expect(findAnswerFaults({ ...reply.message, response_type: "ephemeral" })).toEqual([]);
  return { ...reply.message, all: read(reply.message), buttons: buttonsOf(reply.message) };
}

const offer = async (typed: string, ports: Ports = scene().ports, from = here) =>
  shown(await subscribe.answer(typed, from, ports));
const confirm = async (typed: string, ports: Ports = scene().ports, from = here) =>
  shown(await subscribeConfirmAction.run(use(typed), from, ports));
const listed = async (ports: Ports = scene().ports) =>
  shown(await subscriptions.answer("", here, ports));
const leave = async (typed: string, ports: Ports = scene().ports) =>
  shown(await unsubscribe.answer(typed, here, ports));

const kept = async () => (await readSubscriptions(scene().store, "slack")).map(({ rule }) => rule);

describe("/contract subscribe", () => {
  it("shows the rule in words, what it would have posted and examples, and changes nothing", async () => {
    const { happens } = scene();
    for (const name of ["One", "Two", "Three", "Four"]) {
      await happens(`alpha-${name}`, about(`Alpha ${name}`), event("contract.sent"));
      await happens(`alpha-${name}`, event("recipient.signed", "1"), event("contract.completed"));
    }
    const { all, text, buttons } = await offer("template:Alpha +event:completed mode:list");
    expect(text).toContain(
      "Posts a message about every contract whose template or title has “Alpha”, each time it is completed. In the last 7 days this would have posted 4 messages about 4 contracts.",
    );
    expect(all.match(/“Alpha \w+”: The contract is completed/g)).toHaveLength(3);
    expect(await kept()).toEqual([]);
    expect(buttons.get("Subscribe")).toMatchObject({
      value: "template:Alpha +event:completed mode:list",
    });
    expect(shown(await cancelAction.run(use(""), here, scene().ports)).text).toBe(
      "Nothing was changed.",
    );
    expect(await kept()).toEqual([]);
  });

  it("counts from when it is confirmed, once", async () => {
    expect((await confirm("event:completed")).text).toBe(
      "Done. It counts from now on.\nThis channel's subscription: Posts a card with a thread for every contract, when it is completed.",
    );
    await confirm("event:completed");
    expect(await kept()).toHaveLength(1);
    expect((await offer("event:completed")).text).toContain("subscribed to that already");
  });

  it("of everything needs no word", async () => {
    const { buttons } = await offer("");
    expect(buttons.get("Subscribe")).not.toHaveProperty("value");
    expect((await confirm("")).text).toContain("for every contract.");
  });

  it("says in which other way the same contracts were told of, and takes its place", async () => {
    await confirm("tag:renewal");
    const { text } = await offer("tag:renewal mode:list");
    expect(text).toContain("It takes the place of the one with the same filters: Posts a card");
    expect((await confirm("tag:renewal mode:list")).text).toContain("Posts a message about");
    await confirm("tag:other");
    expect(await kept()).toHaveLength(2);
    expect((await confirm("tag:third")).text).toContain("This channel's 3 subscriptions");
  });

  it.each([
    ["event:competed", "“competed” is nothing that event can be. Did you mean “event:completed”?"],
    ["amount:25,000", "has a comma"],
    ["nda", "“nda” is no filter"],
  ])("says what is wrong with %j", async (typed, words) => {
    expect((await offer(typed)).text).toContain(words);
    expect((await confirm(typed)).text).toContain(words);
    expect(await kept()).toEqual([]);
  });

  it("is for channels, and for whom that is allowed, also when it is confirmed", async () => {
    const { ports } = scene();
    const direct = asking({ channel: "D000000001" });
    expect((await offer("", ports, direct)).text).toContain("Say that in the channel");
    const strict = { ...ports, roles: rolesWith("subscribe", "admins") };
    for (const ask of [offer, confirm]) {
      expect((await ask("", strict)).text).toBe(
        "Only admins may change what a channel hears of. Ask one of them.",
      );
    }
    expect((await leave("all", strict)).text).toContain("Only admins");
    expect(await kept()).toEqual([]);
    await confirm("", strict, asking({ channel: general, userId: noor.id }));
    expect(await kept()).toHaveLength(1);
  });

  it("says when the configured channel stops hearing of everything", async () => {
    const { ports } = scene();
    const defaultChannel = { workspace: "", channel: general };
    const configured = { ...ports, hearing: { ...ports.hearing, defaultChannel } };
    expect((await listed(configured)).text).toContain("This channel hears of everything, since");
    expect((await offer("tag:x", configured)).text).toContain(
      "Until now this channel hears of everything",
    );
    await confirm("tag:x", configured);
    expect((await leave("", configured)).text).toContain("This channel hears of everything, since");
  });

  it("lets a channel begin anew that was stopped", async () => {
    const { store } = scene();
    const place = { destination: "slack", workspace: "", channel: general };
    await confirm("tag:x");
    await confirm("tag:y");
    await savePlace(store, { ...place, person: null });
    await losePlace(store, place, "is_archived");
    await stopSubscriptions(store, place, {
      code: "is_archived",
      message: "Slack refused (is_archived).",
    });
    const { all } = await listed();
    expect(all).toContain("⛔ *Stopped* Slack refused (is_archived).");
    expect(all).toContain("When that is mended: /contract subscribe.");
    expect((await offer("tag:z")).text).toContain("Posting here was stopped; it begins anew.");
    await confirm("tag:x");
    const rows = await readSubscriptions(store, "slack");
    expect(rows.map(({ stopped }) => stopped)).toEqual([null, null]);
    expect(await readPlace(store, "slack", general)).toMatchObject({ lost: null });
  });

  it("keeps a channel from having more than a message can list", async () => {
    for (let number = 1; number <= 15; number += 1) await confirm(`tag:${"x".repeat(70)}${number}`);
    expect((await offer("tag:more")).text).toContain("15 subscriptions at most");
    const { all } = await listed();
    expect(all).toContain("*15* Posts");
  });

  it("names the people whom it asks for", async () => {
    const typed = `owner:<@${mara.id}|mara>,me`;
    expect((await offer(typed)).text).toContain("owned by Dana Reyes or Mara Lindqvist");
  });
});

describe("/contract unsubscribe", () => {
  it("takes the only one away, and says what is left", async () => {
    await confirm("tag:x");
    expect((await leave("")).text).toBe(
      "Done: no more of “Posts a card with a thread for every contract tagged “x”.” Cards that stand are kept true until their contracts end, without new lines.\nThis channel hears of no contract now. To subscribe it: /contract subscribe.",
    );
    expect(await kept()).toEqual([]);
    expect((await leave("")).text).toContain("This channel hears of no contract now.");
  });

  it("asks which one of several", async () => {
    for (const tag of ["x", "y", "z"]) await confirm(`tag:${tag}`);
    const { all, buttons } = await leave("");
    expect(all).toContain("Take one of these away");
    expect(all).toContain(`by <@${dana.id}>`);
    const { value } = buttons.get("Unsubscribe") ?? {};
    const press = () => unsubscribeAction.run(use(String(value)), here, scene().ports);
    expect(shown(await press()).text).toContain(
      "no more of “Posts a card with a thread for every contract tagged “z”.”",
    );
    expect(shown(await press()).text).toBe("This subscription is gone already.");
    await leave("1");
    expect(await kept()).toHaveLength(1);
    expect((await leave("2")).text).toContain("Say a number from 1 to 1, or all.");
    await confirm("tag:v");
    await leave("all");
    expect(await kept()).toEqual([]);
  });

  it("takes away none of another channel", async () => {
    await confirm("tag:x", scene().ports, asking({ channel: "C000000002" }));
    const [row] = await readSubscriptions(scene().store, "slack");
    await unsubscribeAction.run(use(row?.id ?? ""), here, scene().ports);
    expect(await kept()).toHaveLength(1);
  });
});
