import type { z } from "zod";
import type { RecordKind } from "../../mapping/mapping.ts";
import type { Calls } from "../calls.ts";
import type { Deal } from "../crm.ts";
import type { DealCalls, Write, WriteEnd } from "../gather-deals.ts";
import { areTimely } from "../not-sent.ts";
import type { SalesforceClient } from "./client.ts";
import { isChangedMeanwhile, translateRefusals, wrongField } from "./errors.ts";
import { dealsQuery, toDeal, type DealsOrg, type FieldNames } from "./read-deal.ts";
import { DealsAnswer, SaveResults } from "./schema.ts";
import { objects, onlyIfUnchanged, toFields } from "./write-deal.ts";

const paths = {
  query: "/query",
  record: (object: string, id: string) => `/sobjects/${object}/${encodeURIComponent(id)}`,
  updateMany: "/composite/sobjects",
};

/** Records in a collection (developer.salesforce.com, REST API, "sObject Collections"). */
const largest = 200;

/** What deals are read with: what the org says of them all, and which fields it has. */
export type Org = DealsOrg & { hasCurrencies: boolean; fieldNames: FieldNames };

/** Queries; single records, written conditionally; and collections, which know no conditions and keep their order. */
export function salesforceDeals(
  client: SalesforceClient,
  call: Calls,
  org: () => Promise<Org>,
): DealCalls {
  const read = async (operation: string, ids: string[]): Promise<Map<string, Deal>> => {
    const { hasCurrencies, fieldNames, ...known } = await org();
    const q = dealsQuery(ids, fieldNames, hasCurrencies);
    const { records } = await call(operation, () => client.get(paths.query, DealsAnswer, { q }));
    return new Map(records.map((found) => [shortId(found.Id), toDeal(found, fieldNames, known)]));
  };
  return {
    largest,
    oneIsConditional: true,
    wrongField,
    read: {
      one: async (id) => (await read("read-deal", [id])).get(shortId(id)) ?? null,
      async many(ids) {
        const deals = await read("read-deals", ids);
        return new Map(
          ids.map((id) => [id, { status: "fulfilled", value: deals.get(shortId(id)) ?? null }]),
        );
      },
    },
    write: {
      deal: writing("deal", client, call),
      account: writing("account", client, call),
      contact: writing("contact", client, call),
    },
  };
}

function writing(
  kind: RecordKind,
  client: SalesforceClient,
  call: Calls,
): DealCalls["write"]["deal"] {
  return {
    one: (write) =>
      call(`write-${kind}`, () =>
        client
          .patch(
            paths.record(objects[kind], write.target.recordId),
            toFields(write.values),
            onlyIfUnchanged(write),
            write.isTimely,
          )
          .then(() => "written" as const, changedMeanwhile),
      ),
    async many(writes) {
      const body = { allOrNone: false, records: writes.map(toRecord) };
      const results = await call(`write-${kind}s`, () =>
        client.send("PATCH", paths.updateMany, SaveResults, body, areTimely(writes)),
      );
      return inOrder(writes, results, endOf);
    },
  };
}

/** The first 15 characters name the record; the others only check them. */
function shortId(id: string): string {
  return id.slice(0, 15);
}

function toRecord({ target: { on, recordId }, values }: Write) {
  return { attributes: { type: objects[on] }, id: recordId, ...toFields(values) };
}

function inOrder<Item, Answer, Result>(
  items: Item[],
  answers: Answer[],
  toEnd: (answer: Answer) => PromiseSettledResult<Result>,
): Map<Item, PromiseSettledResult<Result>> {
  return new Map(
    items.flatMap((item, index) =>
      answers.slice(index, index + 1).map((answer) => [item, toEnd(answer)]),
    ),
  );
}

function endOf({
  success,
  errors,
}: z.infer<typeof SaveResults>[number]): PromiseSettledResult<WriteEnd> {
  if (success) return { status: "fulfilled", value: "written" };
  const refusals = errors.map(({ statusCode, ...rest }) => ({ errorCode: statusCode, ...rest }));
  return { status: "rejected", reason: translateRefusals(refusals) };
}

function changedMeanwhile(error: unknown): "changed-meanwhile" {
  if (isChangedMeanwhile(error)) return "changed-meanwhile";
  throw error;
}
