import { join } from "node:path";
import { dana } from "@countersign/sandbox";
import { readEffects, saveSettings } from "@countersign/store";
import { expect, it } from "vitest";
import { about, contracts, event, general } from "../../audience/testing/scene.ts";
import { tell } from "../../testing/bench.ts";
import { danaHere, openOffice } from "../../rehearse/testing/office.ts";

const { apply, bot, cardsIn, everything, folder, putInForce, rehearse, scene, signed } =
  openOffice();

it("says exactly that, once, and a later look says only what is new", async () => {
  const old = new Date(scene().store.now().getTime() - 3_600_000).toISOString();
  const facts = [about("Foxtrot"), event("contract.sent"), event("recipient.signed", "1")];
  await tell(scene().store, "foxtrot", ...facts.map((fact) => ({ ...fact, occurredAt: old })));
  await bot().bring("foxtrot");
  await rehearse("moved");
  putInForce("moved");
  const before = await everything();
  expect(await apply(false)).toMatchObject({
    is: "done",
    text: "2 messages would be posted and 0 cards edited, for 1 contracts.",
    data: { done: false, messages: 2, edits: 0 },
  });
  expect(await everything()).toEqual(before);
  expect(await apply()).toMatchObject({ is: "done", data: { messages: 2, edits: 0, refused: [] } });
  const lines = [expect.stringContaining("2 things happened before they could be told here")];
  const shown = { text: "The contract “Foxtrot” is partly signed; 1 of 2 signed.", lines };
  expect(await cardsIn(general, "Foxtrot")).toEqual([shown]);
  expect(await apply()).toMatchObject({ is: "done", data: { messages: 0, edits: 0 } });
  await bot().bring("foxtrot");
  expect(await cardsIn(general, "Foxtrot")).toEqual([shown]);
  await bot().happens("foxtrot", event("contract.completed"));
  const [card] = await cardsIn(general, "Foxtrot");
  expect(card?.lines).toEqual([...lines, "“Foxtrot”: The contract is completed."]);
  expect((await cardsIn(contracts, "Foxtrot"))[0]?.lines).toEqual(lines);
});

it("edits cards that would show something else", async () => {
  await signed("golf", "Golf");
  await rehearse("discreet");
  putInForce("discreet");
  expect(await apply(false)).toMatchObject({ data: { messages: 0, edits: 1 } });
  expect(await apply()).toMatchObject({ is: "done", data: { messages: 0, edits: 1 } });
  const [effect] = (await readEffects(scene().store, "docusign/golf", "slack")).slice(-1);
  expect(effect).toMatchObject({ kind: "card-edit", status: "done", target: contracts });
});

it("tells owners by direct message", async () => {
  await signed("hotel", "Hotel", dana.email);
  await rehearse("direct");
  putInForce("direct");
  expect(await apply()).toMatchObject({ is: "done", data: { messages: 2, putOff: 0 } });
  expect(await cardsIn(dana.id, "Hotel")).toMatchObject([{ lines: ["“Hotel”: Ann Lee signed."] }]);
  expect(await cardsIn(contracts, "Hotel")).toHaveLength(1);
});

it("waits for somebody's quiet hours, and says so", async () => {
  await signed("india", "India", dana.email);
  const quiet = { quietHours: { from: "00:00", to: "23:59" }, weekends: "as usual" };
  await saveSettings(scene().store, danaHere, quiet);
  await rehearse("direct");
  putInForce("direct");
  const { text, data } = await apply();
  expect(data).toMatchObject({ messages: 0, putOff: 1 });
  expect(text).toContain("1 wait for somebody's quiet hours or snooze.");
});

it("refuses what has changed since, and does the others", async () => {
  await signed("juliet", "Juliet");
  await signed("kilo", "Kilo");
  await rehearse("moved");
  await bot().happens("juliet", event("contract.completed"));
  putInForce("moved");
  const { is, text, data } = await apply();
  expect(is).toBe("findings");
  expect(data).toMatchObject({
    messages: 3,
    refused: [{ contractId: "docusign/juliet", code: "changed-since-rehearsal" }],
  });
  expect(text).toContain("docusign/juliet: The contract has changed since the rehearsal.");
  expect(await cardsIn(general, "Juliet")).toEqual([]);
  expect(await cardsIn(general, "Kilo")).toHaveLength(1);
});

it("does nothing while another countersign.yaml is in force, or without a rehearsal", async () => {
  await signed("lima", "Lima");
  await rehearse("moved");
  expect(await apply()).toMatchObject({ is: "refused", data: { code: "another-config" } });
  expect(await cardsIn(general, "Lima")).toEqual([]);
  const missing = await apply(true, join(folder, "none.json"));
  expect(missing).toMatchObject({ is: "refused", data: { code: "plan" } });
});

it("waits where Slack says so, and goes on", async () => {
  await signed("mike", "Mike");
  await rehearse("moved");
  putInForce("moved");
  scene().sandbox.slack.setFault({
    kind: "rate-limited",
    method: "chat.postMessage",
    retryAfterSeconds: 7,
  });
  expect(await apply()).toMatchObject({ is: "done", data: { messages: 3 } });
  expect(await cardsIn(general, "Mike")).toMatchObject([{ lines: { length: 2 } }]);
});

it("asks Slack where it is not known how a call ended", async () => {
  await signed("november", "November");
  await rehearse("moved");
  putInForce("moved");
  scene().sandbox.slack.setFault({ kind: "drop-after-applying", method: "chat.postMessage" });
  expect(await apply()).toMatchObject({ is: "done", data: { messages: 3, refused: [] } });
  expect(await cardsIn(general, "November")).toMatchObject([{ lines: { length: 2 } }]);
});

it("says what Slack refused for good, and does the others", async () => {
  await signed("oscar", "Oscar");
  await signed("papa", "Papa");
  await rehearse("moved");
  putInForce("moved");
  const refusal = { kind: "error", error: "msg_too_long", method: "chat.postMessage" } as const;
  scene().sandbox.slack.setFault({ ...refusal, saying: "Oscar" });
  const { is, text, data } = await apply();
  expect(is).toBe("findings");
  expect(data).toMatchObject({ refused: [{ contractId: "docusign/oscar", code: "refused" }] });
  expect(text).toContain(`docusign/oscar: ${general}: Slack refused (msg_too_long).`);
  expect(await cardsIn(general, "Papa")).toMatchObject([{ lines: { length: 2 } }]);
});
