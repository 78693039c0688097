import { dana } from "@countersign/sandbox";
import { readEffects } from "@countersign/store";
import { aFact } from "@countersign/store/testing";
import { expect, it } from "vitest";
import { about, contracts, event, general } from "../audience/testing/scene.ts";
import { openOffice } from "./testing/office.ts";
import { rehearse } from "./rehearse.ts";

const { bot, putInForce, rulesOf, scene } = openOffice();

/** Everything that a contract may tell of, the one after the other. */
const story = [
  [about("Echo", dana.email), event("contract.sent")],
  [event("recipient.viewed", "1"), event("contract.viewed")],
  [event("recipient.signed", "1")],
  [aFact("recipient.bounced", { recipient: "2" }), event("contract.corrected")],
  [event("recipient.signed", "2"), event("contract.completed")],
];

it.each([
  "",
  "mode:card",
  "mode:list",
  "event:completed,declined",
  "event:signed mode:list",
  "tag:x",
])("replays what the bot really says where a channel subscribes to %j", async (typed) => {
  const { store, subscribe } = scene();
  await subscribe(typed, general);
  putInForce("direct");
  for (const facts of story) await bot().happens("echo", ...facts);
  const effects = await readEffects(store, "docusign/echo", "slack");
  const said = effects.filter(({ status, kind }) => status === "done" && kind !== "card-edit");
  await store.database.query("truncate effects");
  const rules = rulesOf("direct");
  const { posts } = await rehearse(store, { present: null, changed: rules }, new Date(0), {
    now: store.now(),
    tell: () => undefined,
  });
  const really = said.map(({ target, kind, plan }) => {
    const channel = target === contracts || target === general ? target : "direct";
    return `${channel} ${kind === "card" ? "card" : Object(plan).text}`;
  });
  const replayed = posts.map(({ place, part, text }) => {
    return `${place.channel ?? "direct"} ${part === "card" ? "card" : text}`;
  });
  expect(replayed.toSorted()).toEqual(really.toSorted());
  expect(really.length).toBeGreaterThan(5);
});
