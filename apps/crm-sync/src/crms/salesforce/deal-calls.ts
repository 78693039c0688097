import type { z } from "zod";
import type { Calls } from "../calls.ts";
import type { Stage } from "../crm.ts";
import type { DealCalls, Write, WriteEnd } from "../gather-deals.ts";
import type { SalesforceClient } from "./client.ts";
import { isChangedMeanwhile, isNotFound, translateRefusals } from "./errors.ts";
import { alwaysRead, toDeal } from "./read-deal.ts";
import { CollectionAnswer, OpportunityAnswer, SaveResults } from "./schema.ts";
import { onlyIfUnchanged, toFields } from "./write-deal.ts";

const paths = {
  opportunity: (id: string) => `/sobjects/Opportunity/${encodeURIComponent(id)}`,
  readMany: "/composite/sobjects/Opportunity",
  updateMany: "/composite/sobjects",
};

/** Records in a collection (developer.salesforce.com, REST API, "sObject Collections"). */
const largest = 200;

/** Single records, written conditionally, and collections, which know no conditions and keep their order. */
export function salesforceDeals(
  client: SalesforceClient,
  call: Calls,
  readStages: () => Promise<Stage[]>,
  fieldNames: readonly string[],
): DealCalls {
  const fields = [...alwaysRead, ...fieldNames];
  return {
    largest,
    oneIsConditional: true,
    wrongField: ["INVALID_FIELD", "INVALID_FIELD_FOR_INSERT_UPDATE"],
    read: {
      async one(id) {
        const stages = await readStages();
        const asked = { fields: fields.join(",") };
        const answer = await call("read-deal", () =>
          client.get(paths.opportunity(id), OpportunityAnswer, asked).catch(nullWhereMissing),
        );
        return answer === null ? null : toDeal(answer, stages, fieldNames);
      },
      async many(ids) {
        const stages = await readStages();
        const records = await call("read-deals", () =>
          client.send("POST", paths.readMany, CollectionAnswer, { ids, fields }),
        );
        return inOrder(ids, records, (found) => ({
          status: "fulfilled",
          value: found === null ? null : toDeal(found, stages, fieldNames),
        }));
      },
    },
    write: {
      one: ({ deal, values }) =>
        call("write-deal", () =>
          client
            .patch(paths.opportunity(deal.recordId), toFields(values), onlyIfUnchanged(deal))
            .then(() => "written" as const, changedMeanwhile),
        ),
      async many(writes) {
        const body = { allOrNone: false, records: writes.map(toRecord) };
        const results = await call("write-deals", () =>
          client.send("PATCH", paths.updateMany, SaveResults, body),
        );
        return inOrder(writes, results, endOf);
      },
    },
  };
}

function toRecord({ deal, values }: Write) {
  return { attributes: { type: "Opportunity" }, id: deal.recordId, ...toFields(values) };
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

function nullWhereMissing(error: unknown): null {
  if (isNotFound(error)) return null;
  throw error;
}
