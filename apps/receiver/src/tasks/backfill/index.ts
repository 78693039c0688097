import type { ProviderConnection } from "@countersign/core";
import type { TaskEnd } from "@countersign/service";
import {
  findBackfill,
  noteBackfilled,
  startBackfill,
  type Backfill,
  type BackfillRange,
  type Store,
} from "@countersign/store";
import { z } from "zod";
import type { Source } from "../../config.ts";
import { chatty, chooseSource, refused, type Task, type TaskTools } from "../task.ts";
import { patiently, readBack } from "./read-back.ts";

const day = z
  .string()
  .regex(/^\d{4}-\d\d-\d\d$/, "must be a day, such as 2026-09-01")
  .refine(isDay, "must be a day that there is");

const options = z.object({
  source: z.string("must name a source").describe("The source of countersign.yaml"),
  from: day.describe("The first day, UTC: contracts that changed since then"),
  to: day
    .optional()
    .describe("The last day, UTC; today unless it is given. What began later is left out"),
  rate: z.coerce
    .number("must be a number")
    .min(0.1, "must be at least 0.1")
    .max(50, "must be at most 50")
    .default(1)
    .describe("How many contracts a second are read"),
  announce: z.boolean().default(false).describe("Has Slack hear of them too"),
  again: z.boolean().default(false).describe("Begins anew instead of going on"),
  yes: z.boolean().default(false).describe("Does it; without, it says how many there are"),
});

type Options = z.infer<typeof options>;

/** `Date` takes 2026-02-31 for the third of March. */
function isDay(text: string): boolean {
  const time = Date.parse(text);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

export const task: Task<typeof options> = {
  name: "backfill",
  summary:
    "Reads the contracts of a range of days back from a provider; goes on where it broke off",
  options,
  async run(given, tools) {
    const chosen = chooseSource(tools.sources(), given.source);
    if (chosen.is !== "source") return chosen;
    const { source } = chosen;
    const connection = connect(source, tools);
    if (connection === null) {
      return refused(
        `The source "${source.name}" has no access to its provider's API. Give it access: in countersign.yaml.`,
      );
    }
    const asked = rangeOf(given, tools.now());
    if (asked.since > asked.until) return refused("--from is after --to.");
    const store = await tools.store(given.announce ? [] : chatty);
    // Whoever names no last day types the same on the next one, and means to go on.
    const orUnfinished = given.to === undefined;
    const begun = given.again ? null : await findBackfill(store, asked, { orUnfinished });
    const range = { ...asked, until: begun?.until ?? asked.until };
    const proceed = (backfill: Backfill): Promise<TaskEnd> | TaskEnd =>
      given.yes
        ? readAll({ store, source, connection, range, backfill, rate: given.rate }, tools)
        : proposal(backfill, given.rate);
    if (begun !== null) return begun.finishedAt === null ? proceed(begun) : finishedBefore(begun);
    const listed = await patiently(() => connection.listChangedSince(range.since), tools);
    if (listed.outcome !== "ok") return notListed(listed);
    const externalIds = [...new Set(listed.value)].toSorted();
    if (given.yes) await startBackfill(store, range, externalIds);
    return proceed({ externalIds, done: 0, counts: {}, finishedAt: null });
  },
};

function connect(
  { provider, access, settings }: Source,
  tools: TaskTools,
): ProviderConnection | null {
  const { http, now } = tools;
  if (provider.client === undefined || access === null) return null;
  return provider.client.connect(access, { http, now, settings });
}

function rangeOf({ source, from, to }: Options, now: Date): BackfillRange {
  const last = to ?? now.toISOString().slice(0, 10);
  return { source, since: new Date(from), until: new Date(`${last}T23:59:59.999Z`) };
}

type Reading = {
  store: Store;
  source: Source;
  connection: ProviderConnection;
  range: BackfillRange;
  backfill: Backfill;
  rate: number;
};

/** What is read is noted at once, so that nothing is read twice when it is broken off. */
async function readAll(reading: Reading, tools: TaskTools): Promise<TaskEnd> {
  const { store, source, connection, range, backfill, rate } = reading;
  const { externalIds } = backfill;
  const counts = { ...backfill.counts };
  if (backfill.done > 0) tools.tell(`going on after ${backfill.done} of ${externalIds.length}`);
  for (let done = backfill.done; done < externalIds.length;) {
    const end = await readBack(store, source, connection, externalIds[done] ?? "", range, tools);
    if (end.is === "stop") return brokenOff(end.why, { done, counts }, externalIds.length);
    counts[end.is] = (counts[end.is] ?? 0) + 1;
    done += 1;
    await noteBackfilled(store, range, { done, counts });
    if (done % 25 === 0 || done === externalIds.length)
      tools.tell(`${done} of ${externalIds.length}`);
    if (done < externalIds.length) await tools.sleep(1_000 / rate);
  }
  if (externalIds.length === 0) await noteBackfilled(store, range, { done: 0, counts });
  const text = `${externalIds.length} read: ${inWords(counts)}.`;
  const whole = (counts["refused"] ?? 0) === 0;
  return { is: whole ? "done" : "findings", text, data: { listed: externalIds.length, ...counts } };
}

function proposal({ externalIds, done }: Backfill, rate: number): TaskEnd {
  const left = externalIds.length - done;
  const seconds = Math.ceil(left / rate);
  const before = done > 0 ? ` (${done} of ${externalIds.length} are read already)` : "";
  return {
    is: "done",
    text: `${left} contracts would be read${before}, ${rate} a second: about ${seconds} s. Add --yes to do it.`,
    data: { listed: externalIds.length, done },
  };
}

function finishedBefore({ externalIds, counts }: Backfill): TaskEnd {
  return {
    is: "done",
    text: `This range was read already: ${externalIds.length} read, ${inWords(counts)}. Add --again to read it anew.`,
    data: { listed: externalIds.length, ...counts },
  };
}

function brokenOff(
  why: string,
  { done, counts }: Pick<Backfill, "done" | "counts">,
  all: number,
): TaskEnd {
  return {
    is: "findings",
    text: `${why} ${done} of ${all} are read. The same command goes on from there.`,
    data: { listed: all, done, ...counts },
  };
}

function notListed(answer: { outcome: string; message?: string }): TaskEnd {
  const said = answer.message === undefined ? answer.outcome : answer.message;
  return refused(`The provider does not list its contracts: ${said}`);
}

const words: Record<string, string> = {
  changed: "taught something",
  unchanged: "were known",
  outside: "began later",
  missing: "are gone at the provider",
  refused: "were refused",
};

function inWords(counts: Backfill["counts"]): string {
  const said = Object.entries(counts).map(([end, count]) => `${count} ${words[end] ?? end}`);
  return said.length === 0 ? "there are none" : said.join(", ");
}
