import { isDeepStrictEqual } from "node:util";
import { gather, type PermanentError } from "@countersign/store";
import { findRecord } from "../find-record.ts";
import type { RecordKind } from "../mapping/mapping.ts";
import type { Crm, Deal, DealValues, Target } from "./crm.ts";
import { createCrowd } from "./crowd.ts";
import { eachByItself, type Ends, type Sending } from "./each-by-itself.ts";
import { always, type IsTimely } from "./not-sent.ts";

/** What goes to a record; `deal` is the deal that it is, or that belongs to it, as it was read. */
export type Write = { deal: Deal; target: Target; values: DealValues; isTimely: IsTimely };
export type WriteEnd = "written" | "changed-meanwhile";

/** How a CRM reads and writes deals, one by itself or many in one call. */
export type DealCalls = {
  /** Deals in a call. */
  largest: number;
  read: Omit<Sending<string, Deal | null>, "meansAll">;
  write: Record<RecordKind, Omit<Sending<Write, WriteEnd>, "meansAll">>;
  /** The write of one goes through only where the record is as it was read. */
  oneIsConditional: boolean;
  /** What a refusal says where a field is wrong in countersign.yaml, and no single deal is to blame. */
  wrongField: readonly string[];
};

/** Below Salesforce's five long calls at once in a Developer Edition, reading and writing together. */
const callsAtOnce = 2;

/** A write rests on a reading that is at most this old; an older one is made anew before it. Milliseconds. */
const longestTrusted = 2_000;

/**
 * Reads and writes the deals of all contracts that are worked on at once together, each with its own end.
 *
 * No CRM has a conditional write for many. So a write of many looks first at those deals again whose reading
 * is not fresh, and leaves out what has changed: a person's edit can only be missed in the two seconds
 * before our write. Looking at all again every time would cost half as many calls more.
 */
export function gatherDeals(
  calls: DealCalls,
  now: () => Date,
): Pick<Crm, "together" | "readDeal" | "writeDeal"> {
  const crowd = createCrowd();
  const groups = { atOnce: callsAtOnce, largest: calls.largest };
  const readAt = new WeakMap<Deal, number>();
  const read = gather(readGroup, groups);
  const readTogether = crowd.room(calls.largest);
  const writers = { deal: writer("deal"), account: writer("account"), contact: writer("contact") };

  async function look(recordIds: string[]): Promise<Ends<string, Deal | null>> {
    const begun = now().getTime();
    const meansAll = ({ code }: PermanentError) => calls.wrongField.includes(code);
    const ends = await eachByItself([...new Set(recordIds)], { ...calls.read, meansAll });
    for (const end of ends.values()) {
      if (end.status === "fulfilled" && end.value !== null) readAt.set(end.value, begun);
    }
    return ends;
  }

  async function readGroup(recordIds: string[]) {
    const ends = await look(recordIds);
    return recordIds.map((recordId) => ends.get(recordId) ?? notAnswered);
  }

  function writer(kind: RecordKind) {
    const write = gather((group: Write[]) => writeGroup(kind, group), groups);
    const together = crowd.room(calls.largest);
    return (one: Write) => together(() => write(one));
  }

  /** Of two writes of one record the second was planned without the first, so it is not made. */
  async function writeGroup(kind: RecordKind, group: Write[]) {
    const byRecord = Map.groupBy(group, ({ target }) => target.recordId);
    const different = [...byRecord.values()].flatMap(([first]) => first ?? []);
    const outdated = await findOutdated(different);
    const rest = different.filter((write) => !outdated.has(write));
    const meansAll = ({ code }: PermanentError, writes: Write[]) =>
      calls.wrongField.includes(code) && writeTheSameFields(writes);
    const ends = await eachByItself(rest, { ...calls.write[kind], meansAll });
    return group.map((write) => outdated.get(write) ?? ends.get(write) ?? changedMeanwhile);
  }

  async function findOutdated(writes: Write[]): Promise<Ends<Write, WriteEnd>> {
    if (writes.length === 1 && calls.oneIsConditional) return new Map();
    const trusted = now().getTime() - longestTrusted;
    const old = writes.filter(({ deal }) => (readAt.get(deal) ?? 0) < trusted);
    const looked = await look(old.map(({ deal }) => deal.recordId));
    const outdated: Ends<Write, WriteEnd> = new Map();
    for (const write of old) {
      const end = looked.get(write.deal.recordId) ?? notAnswered;
      if (end.status === "rejected") outdated.set(write, end);
      else if (!isAsRead(write, end.value)) outdated.set(write, changedMeanwhile);
    }
    return outdated;
  }

  return {
    together: crowd.join,
    readDeal: (recordId) => readTogether(() => read(recordId)),
    writeDeal(deal, values, target = { on: "deal", recordId: deal.recordId }, isTimely = always) {
      return writers[target.on]({ deal, target, values, isTimely });
    },
  };
}

const changedMeanwhile = { status: "fulfilled", value: "changed-meanwhile" } as const;

const notAnswered: PromiseRejectedResult = {
  status: "rejected",
  reason: new Error("A deal of a group was not answered for."),
};

/** Whether what the plan rests on still stands; anything else in the record is free to change. */
function isAsRead({ deal, target }: Write, fresh: Deal | null): boolean {
  return fresh !== null && isDeepStrictEqual(plannedBy(deal, target), plannedBy(fresh, target));
}

function plannedBy(deal: Deal, target: Target) {
  const fields = findRecord(deal, target)?.fields;
  return target.on === "deal" ? { pipeline: deal.pipeline, stage: deal.stage, fields } : { fields };
}

function writeTheSameFields(writes: Write[]): boolean {
  const names = writes.map(({ values }) => Object.keys(values.fields).toSorted().join());
  return new Set(names).size === 1;
}
