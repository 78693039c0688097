import { mkdtemp, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { openStore } from "@countersign/store";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { deskOf } from "./provider-desk.ts";
import { people, personAt, type SlackPerson } from "./slack-person.ts";
import { cardsOf, dealOf, root, sendStep, startStack, type Stack } from "./stack.ts";
import { aWalk, wholeLife } from "./walk.ts";

let stack: Stack;
let mara: SlackPerson;
let dana: SlackPerson;
beforeAll(async () => {
  stack = await startStack({ env: { COUNTERSIGN_CONFIG: await settingsFile() } });
  mara = personAt(stack, people.mara);
  dana = personAt(stack, people.dana);
  await hearsAtAnyHour(mara);
});
afterAll(async () => stack[Symbol.asyncDispose]());

/** Neither nights nor weekends are quiet for them, whenever this runs. */
async function hearsAtAnyHour(person: SlackPerson): Promise<void> {
  await person.command("/contract settings");
  await person.submit({
    more: { more: ["weekends"] },
    quiet_from: { quiet_from: null },
    quiet_to: { quiet_to: null },
  });
}

/** The file that comes with the project, with working hours at any time. */
async function settingsFile(): Promise<string> {
  const shipped = await readFile(join(root, "countersign.yaml"), "utf8");
  const hours = `  workingHours: { from: "00:00", to: "23:59", days: [mon, tue, wed, thu, fri, sat, sun] }\n`;
  const file = join(await mkdtemp(join(tmpdir(), "countersign-")), "countersign.yaml");
  await writeFile(file, shipped.replace(/^slack:\n/m, `slack:\n${hours}`));
  return file;
}

const soon = <Found>(check: () => Promise<Found>) =>
  vi.waitFor(check, { timeout: 20_000, interval: 100 });
const desk = () => deskOf(stack);
const maraAsSender = { name: "Mara Lindqvist", email: "mara.lindqvist@northgate.example" };
const ken = "ken.ito@example.com";
const ruth = "ruth.abel@example.com";
const linesOf = (card: { replies: { text: string }[] } | undefined) =>
  (card?.replies ?? []).map(({ text }) => text);

async function oneCard(title: string) {
  const cards = await cardsOf(stack, title);
  expect(cards).toHaveLength(1);
  return cards[0];
}

it("sent, viewed, signed, completed: one card that is edited, and each thing told once below it", async () => {
  const title = "Journey Alpha";
  const contract = await desk().send({ title, hubspotDealId: "1001" });
  await soon(async () => expect((await oneCard(title))?.text).toContain("is sent"));
  for (const signer of [ken, ruth]) {
    await desk().act(contract, { kind: "view", signer });
    await desk().act(contract, { kind: "sign", signer });
  }
  await soon(async () => {
    const card = await oneCard(title);
    expect(card?.text).toContain("is completed");
    const told = linesOf(card).join("\n");
    for (const words of ["Ken Ito viewed", "Ken Ito signed", "Ruth Abel signed", "is completed"]) {
      expect(told.split(words)).toHaveLength(2);
    }
  });
});

it("declined: with who and why, and never as voided or expired", async () => {
  const title = "Journey Bravo";
  const contract = await desk().send({ title });
  const reason = "The price went up";
  await desk().act(contract, { kind: "decline", signer: ken, reason });
  await soon(async () => {
    const card = await oneCard(title);
    expect(card?.text).toMatch(/declined/i);
    expect(card?.text).not.toMatch(/voided|expired/i);
    expect(JSON.stringify(card?.blocks)).toContain(reason);
    expect(JSON.stringify(card?.blocks)).not.toContain("Send reminder");
  });
});

it("asked in a call: the state in words, within a second", async () => {
  const title = "Journey Charlie lease";
  await desk().send({ title });
  await soon(async () => oneCard(title));
  const answers = [];
  for (let times = 0; times < 3; times += 1) {
    answers.push(await dana.command("/contract status charlie lease"));
  }
  for (const { text } of answers) expect(text).toContain(`“${title}” is sent`);
  // The best of three: the machine may stand still for a second, the bot may not.
  expect(Math.min(...answers.map(({ ms }) => ms))).toBeLessThan(1_000);
  const unknown = await dana.command("/contract statsu charlie");
  expect(unknown.text).toContain("Did you mean “status”?");
  const why = await dana.command("/contract why charlie lease");
  expect(JSON.stringify(why.blocks)).toMatch(/signature|signed/i);
  const mine = await mara.command("/contract mine");
  expect(mine.text).toContain(title);
});

it("unlinked deal: linked from the card's button, and the CRM follows", async () => {
  const title = "Journey Delta";
  await desk().send({ title });
  const card = await soon(async () => oneCard(title));
  const spot = { channel: "C000000002", ts: card?.ts ?? "" };
  await mara.act(spot, "link_deal");
  // It opens while the deals are still looked for.
  await soon(async () => expect(JSON.stringify((await mara.sees()).modal)).toContain('"crm"'));
  await mara.submit({ crm: { crm: "hubspot" }, deal: { deal: "1003" } });
  await soon(async () => {
    expect(await dealOf(stack, "hubspot", "1003")).toMatchObject({ contract: { status: "sent" } });
    expect(JSON.stringify((await oneCard(title))?.blocks)).toContain("1003");
  });
});

describe("the owner", () => {
  it("hears of it by direct message, and not while away", async () => {
    const title = "Journey Echo";
    const contract = await desk().send({ title, hubspotDealId: "1004" });
    const told = async () =>
      ((await mara.sees()).direct?.messages ?? []).filter(({ text }) => text.includes(title));
    await soon(async () => oneCard(title));
    await desk().act(contract, { kind: "view", signer: ken });
    await desk().act(contract, { kind: "sign", signer: ken });
    await soon(async () => expect(JSON.stringify(await told())).toContain("Ken Ito signed"));
    await mara.command(`/contract snooze "${title}" 2h for me`);
    await desk().act(contract, { kind: "view", signer: ruth });
    await desk().act(contract, { kind: "sign", signer: ruth });
    await soon(async () => expect((await oneCard(title))?.text).toContain("is completed"));
    expect(JSON.stringify(await told())).not.toContain("Ruth Abel signed");
  });
});

it("changed owner: whoever owns the deal now is told from now on", async () => {
  const title = "Journey Hotel";
  const tobias = personAt(stack, "U000000004");
  await hearsAtAnyHour(tobias);
  const contract = await desk().send({ title, hubspotDealId: "1004" });
  await soon(async () => oneCard(title));
  await editDeal("1004", { ownerEmail: "tobias.okafor@northgate.example" });
  await desk().act(contract, { kind: "view", signer: ken });
  await desk().act(contract, { kind: "sign", signer: ken });
  await soon(async () => {
    const told = JSON.stringify((await tobias.sees()).direct?.messages ?? []);
    expect(told).toContain("Ken Ito signed");
    expect(JSON.stringify((await oneCard(title))?.blocks)).toContain(
      "tobias.okafor@northgate.example",
    );
  });
});

async function editDeal(id: string, edit: object): Promise<void> {
  const response = await fetch(
    `http://127.0.0.1:${stack.ports.sandbox}/control/deals/hubspot/${id}`,
    {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(edit),
    },
  );
  expect(response.status, await response.text()).toBe(200);
}

it("stalled: the owner is nudged once, however often it is looked for", async () => {
  const title = "Journey Golf";
  const walk = { ...aWalk(title, {}), sender: maraAsSender };
  const weekAgo = new Date(Date.now() - 9 * 86_400_000);
  const steps = wholeLife(weekAgo).slice(0, 3);
  expect(new Set(await sendStep(stack, "docusign", walk, steps))).toEqual(new Set([200]));
  const told = async () =>
    ((await mara.sees()).direct?.messages ?? []).filter(
      ({ text }) => text.includes(title) && /not signed|unsigned/i.test(text),
    );
  await soon(async () => oneCard(title));
  await lookForStalls();
  await soon(async () => expect(await told()).toHaveLength(1));
  await lookForStalls();
  await setTimeout(3_000);
  expect(await told()).toHaveLength(1);
  const stuck = await mara.command("/contract stuck");
  expect(stuck.text).toContain(title);
});

/** What the schedule does every ten minutes. */
async function lookForStalls(): Promise<void> {
  const store = await openStore({
    url: stack.running.database.url,
    applicationName: "end-to-end",
  });
  await store.queue.send("slack-nudges", { key: "nudge" });
  await store.close();
}

it("muted in the channel: no more lines, and a card that stays true", async () => {
  const title = "Journey Foxtrot";
  const noor = personAt(stack, people.noor);
  const contract = await desk().send({ title });
  await soon(async () => expect(linesOf(await oneCard(title))).toHaveLength(1));
  const muted = await noor.command(`/contract mute "${title}" here`);
  expect(muted.text).toContain("is muted");
  await desk().act(contract, { kind: "void", reason: "Wrong party" });
  await soon(async () => expect((await oneCard(title))?.text).toMatch(/voided/));
  expect(linesOf(await oneCard(title))).toHaveLength(1);
});
