import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { contractsChannel } from "@countersign/sandbox";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { countersign, readContract } from "./countersign.ts";
import { deskOf, type DeskContract } from "./provider-desk.ts";
import { cardsOf, dealOf, root, startStack, type Stack } from "./stack.ts";

let stack: Stack;
let folder: string;
let present: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "countersign-admin-"));
  const shipped = await readFile(join(root, "countersign.yaml"), "utf8");
  present = join(folder, "countersign.yaml");
  await writeFile(present, shipped.replace(/^hubspot:\n/m, "hubspot:\n  matching: {}\n"));
  stack = await startStack({ env: { COUNTERSIGN_CONFIG: present } });
});
afterAll(async () => {
  await stack[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

const soon = <Found>(check: () => Promise<Found>) =>
  vi.waitFor(check, { timeout: 20_000, interval: 100 });
const desk = () => deskOf(stack);
const run = (...typed: string[]) => countersign(stack, present, ...typed);
const hubspotDeal = (id: string) => dealOf(stack, "hubspot", id);
const idOf = ({ id }: DeskContract) => `docusign/${id}`;
/** Each command that speaks for several apps is a process for each. */
const severalProcesses = { timeout: 180_000 };

/** In which the bot is too, and says nothing by the shipped file. */
const generalChannel = "C000000001";
const ken = "ken.ito@example.com";
const ruth = "ruth.abel@example.com";

async function control(path: string, body: object): Promise<void> {
  const response = await fetch(`http://127.0.0.1:${stack.ports.sandbox}/control${path}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  expect(response.ok, await response.text()).toBe(true);
}

async function signAll(contract: DeskContract): Promise<void> {
  for (const signer of [ken, ruth]) await desk().act(contract, { kind: "sign", signer });
}

it("a hand-moved stage: what a person closed stays closed, and the ledger says so", async () => {
  const contract = await desk().send({ title: "Admin Alpha", hubspotDealId: "1003" });
  await soon(async () => {
    expect(await hubspotDeal("1003")).toMatchObject({ contract: { status: "sent" } });
  });
  await control("/deals/hubspot/1003", { stageId: "closedlost" });
  await signAll(contract);
  await soon(async () => {
    expect(await hubspotDeal("1003")).toMatchObject({ contract: { status: "completed" } });
  });
  expect(await hubspotDeal("1003")).toMatchObject({ stageId: "closedlost" });
  const printed = await readContract(stack, idOf(contract));
  expect(printed?.effects.map(({ code }) => code)).toContain("closed-by-person");
});

it("history and undo: what we replaced comes back, once, and is told", async () => {
  const before = await hubspotDeal("1002");
  const contract = await desk().send({ title: "Admin Bravo", hubspotDealId: "1002" });
  await signAll(contract);
  await soon(async () => expect(await hubspotDeal("1002")).toMatchObject({ stageId: "closedwon" }));
  const history = await run("history", idOf(contract));
  expect(history).toMatchObject({ exitCode: 0 });
  expect(history.out).toContain("closedwon");
  const shown = await run("undo", idOf(contract));
  expect(await hubspotDeal("1002")).toMatchObject({ stageId: "closedwon" });
  expect(shown.out).toContain(String(before?.stageId));
  expect((await run("undo", idOf(contract), "--yes")).exitCode).toBe(0);
  expect(await hubspotDeal("1002")).toMatchObject({
    stageId: before?.stageId,
    contract: before?.contract,
  });
});

it(
  "rehearse and apply: exactly what was shown is written and said, and nothing before",
  severalProcesses,
  async () => {
    const contract = await desk().send({ title: "Admin Charlie", hubspotDealId: "1004" });
    await soon(async () => {
      expect(await hubspotDeal("1004")).toMatchObject({ contract: { status: "sent" } });
      expect((await cardsOf(stack, "Admin Charlie"))[0]?.replies).toHaveLength(1);
    });
    const before = await hubspotDeal("1004");
    const changed = join(folder, "changed.yaml");
    const renaming = "hubspot:\n  write: [{ to: dealname, value: title }]\n";
    const text = (await readFile(present, "utf8"))
      .replace(/^hubspot:\n/m, renaming)
      .replace(contractsChannel.id, generalChannel);
    await writeFile(changed, text);
    const plan = join(folder, "plan");
    const unchanged = await run("rehearse", "--config", present, "--since", "1d");
    expect(unchanged).toMatchObject({ exitCode: 0 });
    const rehearsed = await run("rehearse", "--config", changed, "--since", "1d", "--out", plan);
    expect(rehearsed.exitCode).toBe(1);
    const said = "The contract “Admin Charlie” is sent; nobody of 2 has signed.";
    const saying = `${idOf(contract)} in ${generalChannel}: would say, a card: ${said}`;
    expect(rehearsed.out).toContain(saying);
    expect(await readFile(`${plan}.html`, "utf8")).toContain(`<ins>${said}</ins>`);
    expect(await run("apply", `${plan}.json`, "--yes")).toMatchObject({ exitCode: 1 });
    expect(await hubspotDeal("1004")).toEqual(before);
    const apply = (...typed: string[]) =>
      countersign(stack, changed, "apply", `${plan}.json`, "--yes", ...typed);
    const applied = await apply();
    expect(applied, applied.out + applied.err).toMatchObject({ exitCode: 0 });
    expect(applied.out).toContain("Slack is left as it is: ");
    expect(await hubspotDeal("1004")).toMatchObject({ name: "Admin Charlie" });
    const cards = () => cardsOf(stack, "Admin Charlie", generalChannel);
    expect(await cards()).toEqual([]);
    const told = await apply("--with-slack");
    expect(told, told.out + told.err).toMatchObject({ exitCode: 0 });
    expect(told.out).toMatch(/ [1-9]\d* messages posted/);
    expect(await cards()).toMatchObject([{ text: said, replies: { length: 1 } }]);
    await desk().act(contract, { kind: "sign", signer: ken });
    await soon(async () => {
      expect(await cards()).toMatchObject([{ text: expect.stringContaining("1 of 2 signed") }]);
    });
    expect(await cards()).toMatchObject([{ replies: { length: 1 } }]);
  },
);

const buyer = { name: "Billie Buyer", email: "buyer@meridian-press.example", order: 1 };

it("unmatched inbox: the sure ones link by themselves, the unsure ones wait for a person", async () => {
  const title = "Meridian Press: Archive digitisation order";
  const sure = await desk().send({ title, signers: [buyer] });
  await soon(async () => {
    const links = (await readContract(stack, idOf(sure)))?.links;
    expect(links).toMatchObject([{ destination: "hubspot", recordId: "1005" }]);
  });
  const unsure = await desk().send({ title: "Tidewater Foods paperwork" });
  await soon(async () => {
    const inbox = await run("inbox");
    expect(inbox.out).toContain(idOf(unsure));
    expect(inbox.out).toContain("1008");
  });
  const picked = await run("link", idOf(unsure), "hubspot", "1008", "--by", "Noor");
  expect(picked, picked.out + picked.err).toMatchObject({ exitCode: 0 });
  await soon(async () => {
    expect(await hubspotDeal("1008")).toMatchObject({ contract: { status: "sent" } });
  });
  expect((await run("inbox")).out).not.toContain(idOf(unsure));
});

it("the deal's id goes back to the provider, once, and comes away when the tie does", async () => {
  const provider = deskOf(stack, "pandadoc");
  const signer = "uma.lark@quarry-lane.example";
  const signers = [{ name: "Uma Lark", email: signer }];
  const contract = await provider.send({ title: "Admin Golf paperwork", signers });
  const id = `pandadoc/${contract.id}`;
  const named = async () => (await provider.read(contract.id))?.fields["hubspot_deal_id"];
  const written = async () =>
    (await readContract(stack, id))?.effects.filter(({ kind }) => kind === "field.write") ?? [];
  await soon(async () => expect((await readContract(stack, id))?.status).toBe("sent"));
  expect(await named()).toBeUndefined();
  const picked = await run("link", id, "hubspot", "1006", "--by", "Noor");
  expect(picked, picked.out + picked.err).toMatchObject({ exitCode: 0 });
  await soon(async () => expect(await named()).toBe("1006"));
  await soon(async () => expect(await written()).toMatchObject([{ status: "done" }]));

  // The webhooks that follow show our own word: the tie stays a person's, and nothing is written again.
  await provider.act(contract, { kind: "sign", signer });
  await soon(async () => {
    expect(await hubspotDeal("1006")).toMatchObject({ contract: { status: "completed" } });
  });
  expect((await readContract(stack, id))?.links).toMatchObject([
    { destination: "hubspot", recordId: "1006", foundBy: "person" },
  ]);
  expect(await written()).toHaveLength(1);
  const history = await run("history", id);
  expect(history.out).toContain('hubspot_deal_id: (empty) -> "1006" (write-back)');

  const removed = await run("link", id, "hubspot", "--remove", "--by", "Noor");
  expect(removed, removed.out + removed.err).toMatchObject({ exitCode: 0 });
  await soon(async () => expect(await named()).toBeUndefined());
  expect((await readContract(stack, id))?.links).toEqual([]);
});

it("grouped errors: one cause, mended once, and all of it tried again", async () => {
  const deals = ["1001", "1007"];
  for (const id of deals) await control(`/deals/hubspot/${id}/fault`, { fault: "refused" });
  for (const id of deals) await desk().send({ title: `Admin Echo ${id}`, hubspotDealId: id });
  const group = await soon(async () => {
    const printed = await run("errors", "--crm", "hubspot", "--json");
    const { data }: { data: { group: string; count: number }[] } = JSON.parse(printed.out);
    const one = data.find(({ count }) => count === deals.length);
    expect(one).toBeDefined();
    return one?.group ?? "";
  });
  for (const id of deals) await control(`/deals/hubspot/${id}/fault`, { fault: null });
  const again = await run("resync", "--group", group, "--yes");
  expect(again, again.out + again.err).toMatchObject({ exitCode: 0 });
  await soon(async () => {
    for (const id of deals) {
      expect(await hubspotDeal(id)).toMatchObject({ contract: { status: "sent" } });
    }
  });
  expect((await run("errors", "--crm", "hubspot")).exitCode).toBe(0);
});
