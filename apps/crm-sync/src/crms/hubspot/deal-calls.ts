import type { z } from "zod";
import type { RecordKind } from "../../mapping/mapping.ts";
import type { Calls } from "../calls.ts";
import type { Deal } from "../crm.ts";
import type { Ends } from "../each-by-itself.ts";
import type { DealCalls, Write, WriteEnd } from "../gather-deals.ts";
import type { HubspotClient } from "./client.ts";
import { areTimely } from "../not-sent.ts";
import { isNotFound, refusedInBatch, translateError, wrongField } from "./errors.ts";
import { objectNames, objectTypes, paths } from "./paths.ts";
import { alwaysRead, toDeal, type Pipelines } from "./read-deal.ts";
import type { readRelated } from "./related.ts";
import { BatchAnswer, DealAnswer, WrittenAnswer } from "./schema.ts";
import type { Surroundings } from "./surroundings.ts";
import { toProperties } from "./write-deal.ts";

/** Records in a batch (developers.hubspot.com, CRM objects). */
const largest = 100;

/** What deals are read with. */
export type Reading = {
  pipelines: () => Promise<Pipelines>;
  surroundings: () => Promise<Surroundings>;
  related: ReturnType<typeof readRelated>;
  /** The deal's properties that Countersign writes, and that are there. */
  fieldNames: () => Promise<readonly string[]>;
};

/** Single records and batches of them; a batch's 207 answers for each record by itself. */
export function hubspotDeals(client: HubspotClient, call: Calls, reading: Reading): DealCalls {
  const toDeals = async (
    answers: readonly z.infer<typeof DealAnswer>[],
    fieldNames: readonly string[],
  ) => {
    const [pipelines, surroundings, related] = await Promise.all([
      reading.pipelines(),
      reading.surroundings(),
      reading.related(answers),
    ]);
    return new Map(
      answers.map((answer) => [
        answer.id,
        toDeal(answer, pipelines, fieldNames, related(answer), surroundings),
      ]),
    );
  };
  return {
    largest,
    oneIsConditional: false,
    wrongField,
    read: {
      async one(id) {
        const fieldNames = await reading.fieldNames();
        const asked = { properties: propertiesOf(fieldNames).join(",") };
        const answer = await call("read-deal", () =>
          client.get(paths.record("deals", id), DealAnswer, asked).catch(nullWhereMissing),
        );
        const deal = answer && (await toDeals([answer], fieldNames)).get(answer.id);
        return deal ? alsoCalled(deal, id) : null;
      },
      async many(ids) {
        const fieldNames = await reading.fieldNames();
        const inputs = ids.map((id) => ({ id }));
        const properties = propertiesOf(fieldNames);
        const body = { properties, propertiesWithHistory: [], inputs };
        const answer = await call("read-deals", () =>
          client.send("POST", paths.readRecords("deals"), BatchAnswer, body),
        );
        const deals = await toDeals(answer.results, fieldNames);
        const found = ({ id }: z.infer<typeof DealAnswer>) => deals.get(id) ?? null;
        return endsOf(answer, new Map(ids.map((id) => [id, id])), found, nullWhereMissing);
      },
    },
    write: {
      deal: writing("deal", client, call),
      account: writing("account", client, call),
      contact: writing("contact", client, call),
    },
  };
}

/** The id of a deal that was merged gives the one that it became, with an id of its own (changelog, "Deals now support merging"). */
function alsoCalled(deal: Deal, id: string): Deal {
  if (id === deal.recordId || deal.formerIds.includes(id)) return deal;
  return { ...deal, formerIds: [...deal.formerIds, id] };
}

function propertiesOf(fieldNames: readonly string[]): string[] {
  return [...new Set([...alwaysRead, ...fieldNames])];
}

function writing(kind: RecordKind, client: HubspotClient, call: Calls): DealCalls["write"]["deal"] {
  const type = objectTypes[kind];
  return {
    async one({ target, values, isTimely }) {
      const body = { properties: toProperties(values) };
      await call(`write-${objectNames[kind]}`, () =>
        client.send("PATCH", paths.record(type, target.recordId), WrittenAnswer, body, isTimely),
      );
      return "written";
    },
    async many(writes) {
      const body = { inputs: writes.map(toInput) };
      const answer = await call(`write-${type}`, () =>
        client.send("POST", paths.updateRecords(type), BatchAnswer, body, areTimely(writes)),
      );
      const byId = new Map(writes.map((write) => [write.target.recordId, write]));
      return endsOf<Write, WriteEnd>(answer, byId, () => "written", rethrow);
    },
  };
}

/** With a trace id a refused record fails alone; without one HubSpot refuses the whole batch for it. */
function toInput({ target: { recordId }, values }: Write) {
  return { id: recordId, objectWriteTraceId: recordId, properties: toProperties(values) };
}

/** A record that HubSpot cannot find may be in neither list. */
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
