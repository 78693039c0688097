import type { z } from "zod";
import type { Calls } from "../calls.ts";
import type { Ends } from "../each-by-itself.ts";
import type { DealCalls, Write, WriteEnd } from "../gather-deals.ts";
import type { HubspotClient } from "./client.ts";
import { isNotFound, refusedInBatch, translateError } from "./errors.ts";
import { paths } from "./paths.ts";
import { alwaysRead, toDeal, type Pipelines } from "./read-deal.ts";
import { BatchAnswer, DealAnswer, WrittenAnswer } from "./schema.ts";
import { toProperties } from "./write-deal.ts";

/** Records in a batch (developers.hubspot.com, CRM objects). */
const largest = 100;

/** Single deals and batches of them; a batch's 207 answers for each deal by itself. */
export function hubspotDeals(
  client: HubspotClient,
  call: Calls,
  readPipelines: () => Promise<Pipelines>,
  fieldNames: readonly string[],
): DealCalls {
  const properties = [...alwaysRead, ...fieldNames];
  return {
    largest,
    oneIsConditional: false,
    wrongField: ["PROPERTY_DOESNT_EXIST", "READ_ONLY_VALUE"],
    read: {
      async one(id) {
        const pipelines = await readPipelines();
        const asked = { properties: properties.join(",") };
        const answer = await call("read-deal", () =>
          client.get(paths.deal(id), DealAnswer, asked).catch(nullWhereMissing),
        );
        return answer === null ? null : toDeal(answer, pipelines, fieldNames);
      },
      async many(ids) {
        const pipelines = await readPipelines();
        const body = { properties, propertiesWithHistory: [], inputs: ids.map((id) => ({ id })) };
        const answer = await call("read-deals", () =>
          client.send("POST", paths.readDeals, BatchAnswer, body),
        );
        const deal = (found: z.infer<typeof DealAnswer>) => toDeal(found, pipelines, fieldNames);
        return endsOf(answer, new Map(ids.map((id) => [id, id])), deal, nullWhereMissing);
      },
    },
    write: {
      async one({ deal, values }) {
        const body = { properties: toProperties(values) };
        await call("write-deal", () =>
          client.send("PATCH", paths.deal(deal.recordId), WrittenAnswer, body),
        );
        return "written";
      },
      async many(writes) {
        const answer = await call("write-deals", () =>
          client.send("POST", paths.updateDeals, BatchAnswer, { inputs: writes.map(toInput) }),
        );
        const byId = new Map(writes.map((write) => [write.deal.recordId, write]));
        return endsOf<Write, WriteEnd>(answer, byId, () => "written", rethrow);
      },
    },
  };
}

/** With a trace id a refused deal fails alone; without one HubSpot refuses the whole batch for it. */
function toInput({ deal: { recordId }, values }: Write) {
  return { id: recordId, objectWriteTraceId: recordId, properties: toProperties(values) };
}

/** A deal that HubSpot cannot find may be in neither list. */
function endsOf<Item, Result>(
  { results, errors }: z.infer<typeof BatchAnswer>,
  itemsById: Map<string, Item>,
  onFound: (found: z.infer<typeof DealAnswer>) => Result,
  onError: (error: unknown) => Result,
): Ends<Item, Result> {
  const ends: Ends<Item, Result> = new Map();
  const settle = (id: string, end: PromiseSettledResult<Result>) => {
    const item = itemsById.get(id);
    if (item !== undefined) ends.set(item, end);
  };
  for (const error of errors) {
    const { ids = [], objectWriteTraceId = [] } = error.context;
    const end = endOf(() => onError(refusedInBatch(error)));
    for (const id of [...ids, ...objectWriteTraceId]) settle(id, end);
  }
  for (const found of results) {
    settle(found.id, { status: "fulfilled", value: onFound(found) });
  }
  return ends;
}

function endOf<Result>(decide: () => Result): PromiseSettledResult<Result> {
  try {
    return { status: "fulfilled", value: decide() };
  } catch (error) {
    return { status: "rejected", reason: translateError(error) };
  }
}

function nullWhereMissing(error: unknown): null {
  if (isNotFound(error)) return null;
  throw error;
}

function rethrow(error: unknown): never {
  throw error;
}
