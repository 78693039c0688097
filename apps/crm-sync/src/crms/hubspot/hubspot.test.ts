import { pipeline } from "node:stream/promises";
import { readEffects, type Store } from "@countersign/store";
import { openTestStore } from "@countersign/store/testing";
import { afterAll, beforeAll, expect, it } from "vitest";
import { sync } from "../../sync.ts";
import { aContract } from "../../testing/contracts.ts";
import { serve, serveFake } from "../../testing/serve-fake.ts";
import type { Crm } from "../crm.ts";
import { counterpart, settings, token } from "./counterpart.ts";
import { hubspot } from "./index.ts";

const renewal = "1008";
const stack = new AsyncDisposableStack();
const fake = counterpart.createFake(() => new Date());
let store: Store;
let crm: Crm;
let url: string;

beforeAll(async () => {
  store = stack.use(await openTestStore());
  url = await serveFake(fake, stack);
  crm = counterpart.connect(url, {
    now: () => new Date(),
    timeout: 1_000,
    onCall: () => undefined,
  });
});
afterAll(() => stack.disposeAsync());

it("leaves the stage in a pipeline that countersign.yaml does not name, and writes the fields", async () => {
  const contract = aContract(store, { fields: { [counterpart.linkField]: renewal } });
  const before = fake.deals().find(({ id }) => id === renewal)?.stageId;
  await sync(store, crm, await contract.happened("contract.completed"));
  expect(fake.deals().find(({ id }) => id === renewal)).toMatchObject({
    stageId: before,
    contract: { status: "completed", signedDate: "2026-05-06" },
  });
  const effects = await readEffects(store, contract.id, "hubspot");
  expect(effects.map(({ status, code }) => code ?? status)).toEqual([
    "done",
    "no-mapping-for-pipeline",
  ]);
});

it("reads the pipelines' stages in their order, with how they close", async () => {
  const deal = await crm.readDeal(renewal);
  expect(deal?.stages.map(({ label, closed }) => [label, closed])).toEqual([
    ["Renewal Due", null],
    ["Terms Agreed", null],
    ["Renewed", "won"],
    ["Churned", "lost"],
  ]);
});

it("holds up no other call by the pace of its files", async () => {
  const variables = {
    HUBSPOT_ACCESS_TOKEN: token,
    HUBSPOT_API_URL: url,
    HUBSPOT_CALLS_PER_10_SECONDS: 100,
  };
  const opened = hubspot.open(settings, variables, "countersign.yaml");
  if (opened.is !== "configured") throw new Error("HubSpot is not configured.");
  const slow = opened.connect({ now: () => new Date(), timeout: 1_000, onCall: () => undefined });
  const file = {
    marker: "cs-1",
    title: "Lease",
    extension: "pdf",
    contentType: "application/pdf",
    at: "2026-05-06T09:00:00.000Z",
    content: new Blob(["%PDF-1.4"]),
  };
  const begun = performance.now();
  await slow.attachments.attachFile(renewal, file, false, {
    isHeld: () => true,
    signal: new AbortController().signal,
  });
  for (let calls = 0; calls < 8; calls += 1) await slow.attachments.findNote(renewal, "cs-2");
  expect(performance.now() - begun).toBeLessThan(2_000);
});

it("reads owners once for the deals that are kept and those that are looked for", async () => {
  const both = counterpart.connect(
    url,
    { now: () => new Date(), timeout: 1_000, onCall: () => undefined },
    { matching: {} },
  );
  const before = fake.calls().length;
  const query = { domains: [], emails: [], accountIds: [], words: ["fleet"], amount: null };
  const kept = await both.readDeal("1002");
  const found = await both.matching?.search.find(query);
  expect(kept?.facts.ownerEmail).toMatch(/@northgate\.example$/);
  expect(found?.deals[0]?.ownerEmail).toBe(kept?.facts.ownerEmail);
  const calls = fake.calls().slice(before);
  expect(calls.filter(({ path }) => path.startsWith("/crm/owners/"))).toHaveLength(1);
});

it("hangs up where an answer does not end", async () => {
  const mebibyte = Buffer.alloc(1024 * 1024, " ");
  let sent = 0;
  function* endless() {
    for (;;) {
      sent += 1;
      yield mebibyte;
    }
  }
  const ends: Promise<unknown>[] = [];
  const answering = await serve((_request, response) => {
    ends.push(pipeline(endless(), response).catch(() => "hung up"));
  }, stack);
  const tools = { now: () => new Date(), timeout: 60_000, onCall: () => undefined };
  const theirs = counterpart.connect(answering, tools);
  await expect(theirs.readDeal(renewal)).rejects.toThrow("its answer could not be read");
  expect(await Promise.all(ends)).toEqual(ends.map(() => "hung up"));
  expect(sent).toBeLessThan(100 * ends.length);
});
