import type { z } from "zod";
import type { Calls } from "../calls.ts";
import type { ContactRecord, RelatedRecord } from "../crm.ts";
import type { HubspotClient } from "./client.ts";
import { createCompanyNames } from "./company-names.ts";
import { paths, type ObjectType } from "./paths.ts";
import { companyIdOf, readFields } from "./properties.ts";
import { AssociationsAnswer, BatchAnswer, type DealAnswer } from "./schema.ts";

/** What a deal belongs to. `accountName` is undefined where it is not known yet. */
export type Related = {
  account: RelatedRecord | null;
  contacts: ContactRecord[];
  accountName: string | null | undefined;
};

type Answer = z.infer<typeof DealAnswer>;

/** Records in a batch. */
const largest = 100;

/**
 * Reads what deals belong to: the fields that countersign.yaml writes there, if any; else only the names of
 * companies, as far as few calls give them.
 */
export function readRelated(
  client: HubspotClient,
  call: Calls,
  fieldNames: { account: readonly string[]; contact: readonly string[] },
  now: () => Date,
): (deals: readonly Answer[]) => Promise<(deal: Answer) => Related> {
  const readMany = async (type: ObjectType, ids: string[], properties: string[]) => {
    const found = new Map<string, Answer>();
    for (let start = 0; start < ids.length; start += largest) {
      const inputs = ids.slice(start, start + largest).map((id) => ({ id }));
      const body = { inputs, properties, propertiesWithHistory: [] };
      const { results } = await call(`read-${type}`, () =>
        client.send("POST", paths.readRecords(type), BatchAnswer, body),
      );
      for (const record of results) found.set(record.id, record);
    }
    return found;
  };
  const readNames = createCompanyNames(
    async (ids) => {
      const found = await readMany("companies", ids, ["name"]);
      return new Map(ids.map((id) => [id, maybe(found.get(id), nameOf) ?? null]));
    },
    { largest, now },
  );

  async function accountsOf(companyIds: string[]): Promise<Map<string, Omit<Related, "contacts">>> {
    if (fieldNames.account.length === 0) {
      const names = await readNames(companyIds);
      return new Map(
        companyIds.map((id) => [id, { account: unread(id), accountName: names.get(id) }]),
      );
    }
    const found = await readMany("companies", companyIds, ["name", ...fieldNames.account]);
    return new Map(
      [...found].map(([id, record]) => [
        id,
        { account: toRecord(record, fieldNames.account), accountName: nameOf(record) },
      ]),
    );
  }

  async function contactsOf(dealIds: string[]): Promise<Map<string, ContactRecord[]>> {
    if (fieldNames.contact.length === 0 || dealIds.length === 0) return new Map();
    const body = { inputs: dealIds.map((id) => ({ id })) };
    const { results } = await call("read-associations", () =>
      client.send("POST", paths.contactsOfDeals, AssociationsAnswer, body),
    );
    const ids = results.map(({ from, to }) => [from.id, to.map((one) => one.toObjectId)] as const);
    const all = [...new Set(ids.flatMap(([, to]) => to))];
    const found = await readMany("contacts", all, ["email", ...fieldNames.contact]);
    return new Map(
      ids.map(([dealId, to]) => [
        dealId,
        to.flatMap((id) => maybe(found.get(id), (one) => toContact(one, fieldNames.contact)) ?? []),
      ]),
    );
  }

  return async (deals) => {
    const companyIds = [...new Set(deals.flatMap((deal) => companyIdOf(deal) ?? []))];
    const [accounts, contacts] = await Promise.all([
      accountsOf(companyIds),
      contactsOf(deals.map(({ id }) => id)),
    ]);
    return (deal) => ({
      ...(accounts.get(companyIdOf(deal) ?? "") ?? { account: null, accountName: null }),
      contacts: contacts.get(deal.id) ?? [],
    });
  };
}

function nameOf({ properties }: Answer): string | null {
  return properties["name"] || null;
}

/** A company of which nothing is written is only its id. */
function unread(recordId: string): RelatedRecord {
  return { recordId, fields: {}, changedAt: "" };
}

function toRecord({ id, properties, updatedAt }: Answer, names: readonly string[]): RelatedRecord {
  return { recordId: id, fields: readFields(properties, names), changedAt: updatedAt };
}

/** HubSpot calls none of a deal's contacts its first. */
function toContact(answer: Answer, names: readonly string[]): ContactRecord {
  const email = answer.properties["email"] || null;
  return { ...toRecord(answer, names), email, primary: false };
}

function maybe<Value, Result>(
  value: Value | undefined,
  make: (value: Value) => Result,
): Result | undefined {
  return value === undefined ? undefined : make(value);
}
