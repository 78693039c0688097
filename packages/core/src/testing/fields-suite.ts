import { describe, expect, test } from "vitest";
import { fold, type Contract } from "../contract.ts";
import type { Answer, ProviderConnection } from "../providers/client.ts";
import type { Provider } from "../providers/provider.ts";
import type { VendorContract } from "../providers/vendor-side.ts";
import { eventsIn } from "./reading.ts";
import { pushed } from "./walk-suite.ts";
import { stories, walk } from "./walks.ts";

const all = stories[0]?.stages.map(([step]) => step) ?? [];
const sent = all.slice(0, 3);
const id = walk.externalId;
const opportunity = "salesforce_opportunity_id";

/**
 * What the custom fields of a provider's client must do against the vendor's own side, where it has them.
 * `connectTo` keeps in the list what a call changes.
 */
export function fieldsSuite(
  provider: Provider,
  connectTo: (contracts: VendorContract[]) => ProviderConnection,
): void {
  const about = { id: provider.id, source: provider.id, externalId: id };

  function opened(steps = sent, fields = walk.fields) {
    const contracts: VendorContract[] = [{ walk: { ...walk, fields }, steps }];
    const connection = connectTo(contracts);
    const { fields: calls } = connection;
    if (calls === undefined) throw new Error(`${provider.id} has no fields to write.`);
    return {
      open: async (name: string) => valueOf(await calls.open(id, name)),
      /** As it reads back, and as the next webhook shows it. */
      async seen(): Promise<Contract["fields"][]> {
        const { report } = valueOf(await connection.fetchContract(id));
        const [contract] = contracts;
        if (contract === undefined) throw new Error("The contract is gone.");
        const news = pushed(provider, all, contract.walk);
        return [eventsIn(provider, report), news].map((events) => fold(about, events).fields);
      },
    };
  }

  const client = provider.client?.connect(
    provider.client.access.parse(provider.vendorSide.access?.("https://vendor.test")),
    { http: () => Promise.reject(new Error("Nothing is called.")), now: () => new Date(0) },
  );

  describe.runIf(client?.fields !== undefined)("a custom field of what has been sent", () => {
    test("is written, changed and taken away, and the others stay", async () => {
      const contract = opened();
      expect(await contract.open(opportunity)).toMatchObject({ value: null, obstacle: null });
      for (const value of ["0061", "0062"]) {
        const written = await (await contract.open(opportunity)).write(value);
        expect(written).toEqual({ outcome: "ok", value: null });
        expect(await contract.open(opportunity)).toMatchObject({ value, obstacle: null });
        for (const fields of await contract.seen()) {
          expect(fields).toMatchObject({ ...walk.fields, [opportunity]: value });
        }
      }
      expect(await (await contract.open(opportunity)).write(null)).toMatchObject({ outcome: "ok" });
      expect(await contract.open(opportunity)).toMatchObject({ value: null });
      for (const fields of await contract.seen()) {
        expect(fields).toMatchObject(walk.fields);
        expect(fields).not.toHaveProperty(opportunity);
      }
    });

    test("is the first one that it has, and the last", async () => {
      const contract = opened(sent, {});
      expect(await (await contract.open("hubspot_deal_id")).write("7")).toMatchObject({
        outcome: "ok",
      });
      for (const fields of await contract.seen()) expect(fields.hubspot_deal_id).toBe("7");
      expect(await (await contract.open("hubspot_deal_id")).write(null)).toMatchObject({
        outcome: "ok",
      });
      for (const fields of await contract.seen()) {
        expect(fields).not.toHaveProperty("hubspot_deal_id");
      }
    });

    test("reads what is there", async () => {
      expect(await opened().open("hubspot_deal_id")).toMatchObject({ value: "1001" });
    });

    test("of what has ended is written where the vendor says so, and else refused", async () => {
      const { open } = opened(all);
      const field = await open(opportunity);
      const written = field.obstacle === null ? (await field.write("0061")).outcome : "refused";
      const isWritable = client?.fields?.afterEnd === true;
      expect(written).toBe(isWritable ? "ok" : "refused");
      expect((await open(opportunity)).value).toBe(isWritable ? "0061" : null);
    });
  });
}

function valueOf<Value>(answer: Answer<Value>): Value {
  if (answer.outcome !== "ok") throw new Error(`Expected an answer, got ${JSON.stringify(answer)}`);
  return answer.value;
}
