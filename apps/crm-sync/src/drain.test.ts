import { createLog } from "@countersign/service";
import { readEffects } from "@countersign/store";
import { openTestStore } from "@countersign/store/testing";
import { describe, expect, it, vi } from "vitest";
import { counterpart as hubspot } from "./crms/hubspot/counterpart.ts";
import { counterpart as salesforce } from "./crms/salesforce/counterpart.ts";
import { followCrm } from "./follow-crm.ts";
import { createCrmMetrics } from "./metrics.ts";
import { aContract } from "./testing/contracts.ts";
import { noFields } from "./testing/no-fields.ts";
import { serveFake } from "./testing/serve-fake.ts";

const contracts = 10_000;
const failing = 100;

describe.each([
  ["hubspot", hubspot],
  ["salesforce", salesforce],
] as const)("a backlog of contracts for %s", (id, counterpart) => {
  it("takes little more than the fewest calls, and 1 % that fail hold up nobody", async () => {
    await using stack = new AsyncDisposableStack();
    const store = stack.use(await openTestStore());
    const fake = counterpart.createFake(() => new Date());
    const url = await serveFake(fake, stack);
    const deals = fake.addDeals(contracts);
    for (const deal of deals.slice(0, failing)) fake.setRecordFault(deal, "refused");
    const tools = { now: () => new Date(), timeout: 5_000, onCall: () => undefined };
    const metrics = createCrmMetrics();
    const followed = () =>
      followCrm(store, counterpart.connect(url, tools), {
        log: createLog("test", "silent"),
        metrics,
        fields: noFields,
      });
    // The queue is there from the first time on, also while nobody follows.
    await (await followed()).stop();
    const about = deals.map((deal) =>
      aContract(store, { fields: { [counterpart.linkField]: deal } }),
    );
    await Promise.all(about.map((contract) => contract.happened("contract.sent")));
    const before = fake.calls().length;

    const following = await followed();
    stack.defer(() => following.stop());
    const ended = async () =>
      (await metrics.followed.get()).values
        .filter(({ labels }) => labels.outcome === "followed" || labels.outcome === "permanent")
        .reduce((sum, { value }) => sum + value, 0);
    // Those that fail may be looked at once more meanwhile.
    await vi.waitFor(async () => expect(await ended()).toBeGreaterThanOrEqual(contracts), {
      timeout: 120_000,
      interval: 100,
    });

    const written = fake.journal().map(({ recordId }) => recordId);
    expect(written.toSorted()).toEqual(deals.slice(failing).toSorted());
    // What the account is asked at the start does not grow with the contracts.
    const atStart = /describe$|\/properties\/|^\/services\/data$|\/deals\/0$/;
    const calls = fake
      .calls()
      .slice(before)
      .filter(({ kind, path }) => kind !== "sign-in" && !atStart.test(path));
    const fewest = (2 * contracts) / counterpart.largestBatch;
    expect(calls.length).toBeLessThanOrEqual(1.2 * fewest);
    // A second look at what was refused is let end.
    await vi.waitFor(async () => {
      const refused = await readEffects(store, about[0]?.id ?? "", id);
      const ends = new Set(refused.map(({ status, code }) => `${status} ${code}`));
      expect([...ends]).toEqual([`failed ${counterpart.refusedRecordCode}`]);
    });
  }, 240_000);
});
