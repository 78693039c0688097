import { Settings } from "@countersign/service";
import { CredentialError, PermanentError, RetryLater } from "@countersign/store";
import { afterEach, describe, expect, it, vi } from "vitest";
import type { Crm, Target } from "./crms/crm.ts";
import { stopsEverything, stopsNothing, type Fault } from "./crms/fault.ts";
import { aDeal } from "./testing/a-deal.ts";
import { createHubspot } from "./testing/counterpart.ts";
import { serveFake } from "./testing/serve-fake.ts";
import { hubspot } from "./crms/hubspot/index.ts";
import { startPreflight } from "./preflight.ts";

const settings = {
  hubspot: {
    linkField: "hubspot_deal_id",
    pipelines: { default: { sent: "contractsent" }, gone: { sent: "x" } },
    fields: { status: "contract_status", url: "contract_address" },
  },
};

async function aHubspot(stack: AsyncDisposableStack) {
  const fake = createHubspot({ token: "t", now: () => new Date() });
  const variables = {
    HUBSPOT_ACCESS_TOKEN: "t",
    HUBSPOT_API_URL: await serveFake(fake, stack),
    HUBSPOT_CALLS_PER_10_SECONDS: 1_000,
  };
  const opened = hubspot.open(Settings.parse(settings), variables, "countersign.yaml");
  if (opened.is !== "configured") throw new Error("HubSpot is not configured.");
  const connect = () =>
    opened.connect({ now: () => new Date(), timeout: 2_000, onCall: () => undefined });
  return { fake, connect };
}

function watch(crm: Crm, stack: AsyncDisposableStack, now = () => 0) {
  const said: { faults: Fault[]; healed: Fault[] }[] = [];
  const preflight = startPreflight(crm, {
    now,
    onFaults: (faults, healed) => said.push({ faults, healed }),
    onError: () => undefined,
  });
  stack.defer(() => preflight.stop());
  return { crm: preflight.crm, said };
}

describe("the preflight", () => {
  it("lets through what no fault is about, and nothing that one is", async () => {
    await using stack = new AsyncDisposableStack();
    const { fake, connect } = await aHubspot(stack);
    const { crm, said } = watch(connect(), stack);
    const asRead = await crm.readDeal("1003");
    if (asRead === null) throw new Error("The deal is gone.");
    const address = { stage: null, fields: { contract_address: "https://sign.example/1" } };
    await expect(crm.writeDeal(asRead, address)).rejects.toMatchObject({ code: "no-such-field" });
    expect(fake.calls().filter(({ path }) => path.endsWith("/1003"))).toHaveLength(1);
    await crm.writeDeal(asRead, { stage: "contractsent", fields: { contract_status: "sent" } });
    expect(fake.journal()).toMatchObject([{ recordId: "1003" }]);
    expect(said[0]?.faults.map(({ code }) => code)).toEqual(["no-such-pipeline", "no-such-field"]);
  });

  it.each([
    ["crm.objects.deals.write", "crm.objects.deals.write"],
    ["crm.schemas.deals.read", "crm.schemas.deals.read"],
  ])("pauses the whole queue where the scope %s is missing", async (scope, named) => {
    await using stack = new AsyncDisposableStack();
    const { fake, connect } = await aHubspot(stack);
    fake.takeAway(scope);
    const { crm } = watch(connect(), stack);
    const writing = crm.writeDeal(aDeal("early"), {
      stage: null,
      fields: { contract_status: "sent" },
    });
    await expect(writing).rejects.toThrow(CredentialError);
    await expect(writing).rejects.toThrow(named);
    expect(fake.journal()).toEqual([]);
  });

  it("makes writes wait where the account cannot be asked, and asks it once for all who wait", async () => {
    await using stack = new AsyncDisposableStack();
    let looks = 0;
    const { connect } = await aHubspot(stack);
    const check = () => {
      looks += 1;
      return looks < 3 ? Promise.reject(new Error("away")) : Promise.resolve([]);
    };
    const { crm } = watch({ ...connect(), check, writeDeal: async () => "written" }, stack);
    const write = () => crm.writeDeal(aDeal("early"), { stage: "a", fields: {} });
    const ends = await Promise.allSettled([write(), write(), write()]);
    for (const end of ends) {
      expect(end).toMatchObject({ status: "rejected", reason: expect.any(RetryLater) });
    }
    expect(looks).toBe(1);
    await expect(write()).rejects.toThrow(RetryLater);
    expect(await write()).toBe("written");
    expect(looks).toBe(3);
  });
});

/** A preflight that has found nothing, of a CRM in which things go wrong afterwards. */
async function settled(stack: AsyncDisposableStack, refusal: Error) {
  const { connect } = await aHubspot(stack);
  const clock = { ms: 1 };
  const found: Fault[] = [];
  let looks = 0;
  const check = async () => {
    looks += 1;
    return [...found];
  };
  const refuse = async () => Promise.reject(refusal);
  const crm = { ...connect(), check, writeDeal: refuse, readDeal: refuse };
  const watched = watch(crm, stack, () => clock.ms);
  const write = () => watched.crm.writeDeal(aDeal("early"), { stage: null, fields: { a: "b" } });
  await expect(write()).rejects.toBe(refusal);
  return { clock, found, write, read: () => watched.crm.readDeal("1"), looks: () => looks };
}

const wrongField = new PermanentError("PROPERTY_DOESNT_EXIST", "HubSpot refused.");
const gone: Fault = {
  code: "missing-grant",
  place: "HUBSPOT_ACCESS_TOKEN",
  message: "The token does not have it.",
  fix: "Grant it.",
  stops: stopsEverything,
};

describe("what is refused although nothing was found to be wrong", () => {
  it.each(["write", "read"] as const)(
    "is looked into before a %s is given up, for all at once",
    async (what) => {
      await using stack = new AsyncDisposableStack();
      const one = await settled(stack, wrongField);
      const before = one.looks();
      one.clock.ms += 40_000;
      one.found.push(gone);
      const ends = await Promise.allSettled([one[what](), one[what](), one[what]()]);
      for (const end of ends) {
        expect(end).toMatchObject({ status: "rejected", reason: expect.any(CredentialError) });
      }
      expect(one.looks()).toBe(before + 1);
    },
  );

  it("is believed where the settings fit, and looked into no more for half a minute", async () => {
    await using stack = new AsyncDisposableStack();
    const one = await settled(stack, wrongField);
    const before = one.looks();
    for (const ms of [0, 20_000, 9_000, 2_000]) {
      one.clock.ms += ms;
      await expect(one.write()).rejects.toBe(wrongField);
    }
    expect(one.looks()).toBe(before + 1);
  });

  it("is not looked into where a rule of the account refuses one deal", async () => {
    await using stack = new AsyncDisposableStack();
    const one = await settled(stack, new PermanentError("REQUIRED_FIELD", "HubSpot refused."));
    one.clock.ms += 40_000;
    await expect(one.write()).rejects.toThrow("HubSpot refused.");
    expect(one.looks()).toBe(1);
  });
});

it("looks again with each try of a queue that waits for a grant", async () => {
  await using stack = new AsyncDisposableStack();
  const { connect } = await aHubspot(stack);
  const clock = { ms: 0 };
  const found = [gone];
  const check = async () => [...found];
  const crm = { ...connect(), check, writeDeal: async () => "written" as const };
  const watched = watch(crm, stack, () => clock.ms);
  const write = () => watched.crm.writeDeal(aDeal("early"), { stage: "s", fields: {} });
  await expect(write()).rejects.toThrow(CredentialError);
  found.length = 0;
  await expect(write()).rejects.toThrow(CredentialError);
  clock.ms += 30_000;
  expect(await Promise.all([write(), write()])).toEqual(["written", "written"]);
});

async function writing(stops: Fault["stops"], target?: Target) {
  await using stack = new AsyncDisposableStack();
  const { connect } = await aHubspot(stack);
  const check = () => Promise.resolve([{ code: "c", place: "p", message: "m.", fix: "f.", stops }]);
  const { crm } = watch({ ...connect(), check, writeDeal: async () => "written" }, stack);
  return crm.writeDeal(aDeal("early"), { stage: "s", fields: { status: "sent" } }, target);
}

describe("what a fault stops", () => {
  const account: Target = { on: "account", recordId: "9" };
  const ofStatus = { what: "field", field: "status" } as const;

  it.each<[string, Fault["stops"], Target | undefined]>([
    ["a warning", stopsNothing, undefined],
    ["a stage", { what: "stage", pipeline: "y" }, undefined],
    ["another value", { ...ofStatus, on: "deal", value: "voided" }, undefined],
    ["an account's field", { ...ofStatus, on: "account", value: null }, undefined],
    ["a deal's field", { ...ofStatus, on: "deal", value: null }, account],
    ["other records", { what: "record", on: "contact" }, account],
    ["records, where a deal is written", { what: "record", on: "account" }, undefined],
  ])("%s: not this", async (_name, stops, target) => {
    expect(await writing(stops, target)).toBe("written");
  });

  it.each<[string, Fault["stops"], Target | undefined]>([
    ["the value", { ...ofStatus, on: "deal", value: "sent" }, undefined],
    ["the account's field", { ...ofStatus, on: "account", value: null }, account],
    ["such records", { what: "record", on: "account" }, account],
  ])("%s: this", async (_name, stops, target) => {
    await expect(writing(stops, target)).rejects.toThrow("m. f.");
  });

  it("everything: the whole queue pauses", async () => {
    await expect(writing(stopsEverything)).rejects.toThrow(CredentialError);
  });
});

describe("how soon the account is looked at again", () => {
  afterEach(() => vi.useRealTimers());

  const fault = { code: "c", place: "p", message: "m.", fix: "f." };

  it.each([
    ["nothing is wrong", () => Promise.resolve([]), 600_000],
    [
      "there is only a warning",
      () => Promise.resolve([{ ...fault, stops: stopsNothing }]),
      600_000,
    ],
    [
      "something is in the way",
      () => Promise.resolve([{ ...fault, stops: stopsEverything }]),
      60_000,
    ],
    ["it cannot be asked", () => Promise.reject(new Error("away")), 60_000],
  ])("%s", async (_case, check, milliseconds) => {
    await using stack = new AsyncDisposableStack();
    const { connect } = await aHubspot(stack);
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    const looking = vi.fn<Crm["check"]>(check);
    watch({ ...connect(), check: looking }, stack);
    await vi.advanceTimersByTimeAsync(milliseconds - 1);
    expect(looking).toHaveBeenCalledTimes(1);
    await vi.advanceTimersByTimeAsync(1);
    expect(looking).toHaveBeenCalledTimes(2);
  });
});
