import type { Normalized } from "@countersign/core";
import type { TaskEnd } from "@countersign/service";
import {
  listReplayable,
  readDeliveryBody,
  replay,
  type Delivery,
  type ReplayableDelivery,
  type ReplayFilter,
  type Store,
} from "@countersign/store";
import { z } from "zod";
import type { Source } from "../../config.ts";
import { toDelivery } from "../../evidence.ts";
import { chatty, chooseSource, type Task } from "../task.ts";

const options = z.object({
  source: z.string().optional().describe("Only deliveries of this source"),
  delivery: z
    .string()
    .regex(/^\d{1,18}$/, "must be a delivery's number, as countersign quarantine lists them")
    .optional()
    .describe("Only this one"),
  since: z
    .string()
    .refine((text) => !Number.isNaN(Date.parse(text)), "must be a time, such as 2026-09-01")
    .optional()
    .describe("Only what came since then"),
  all: z.boolean().default(false).describe("Also what was understood, not the quarantine alone"),
  announce: z.boolean().default(false).describe("Has Slack hear of what it teaches"),
  yes: z.boolean().default(false).describe("Does it; without, it says what would be understood"),
});

/** Deliveries that are listed at once. */
const page = 100;

type Counts = { read: number; understood: number; changed: number; unknownSource: number };

export const task: Task<typeof options> = {
  name: "replay",
  summary: "Reads kept deliveries again, as they are understood now: first of all the quarantine",
  options,
  async run({ source, delivery, since, all, announce, yes }, tools) {
    const sources = tools.sources();
    const chosen = source === undefined ? null : chooseSource(sources, source);
    if (chosen !== null && chosen.is !== "source") return chosen;
    const store = await tools.store(announce ? [] : chatty);
    const filter: ReplayFilter = {
      quarantined: !all,
      source,
      id: delivery,
      since: since === undefined ? undefined : new Date(since),
    };
    const counts: Counts = { read: 0, understood: 0, changed: 0, unknownSource: 0 };
    for (let after = "0"; ;) {
      const some = await listReplayable(store, filter, after, page);
      for (const kept of some) await read(store, sources, kept, yes, counts);
      tools.tell(`${counts.read} read, ${counts.understood} understood`);
      if (some.length < page) break;
      after = some.at(-1)?.id ?? after;
    }
    return conclusion(counts, yes);
  },
};

async function read(
  store: Store,
  sources: ReadonlyMap<string, Source>,
  kept: ReplayableDelivery,
  yes: boolean,
  counts: Counts,
): Promise<void> {
  const source = sources.get(kept.source);
  const body = await readDeliveryBody(store, kept.id);
  counts.read += 1;
  if (source === undefined || body === null) {
    counts.unknownSource += source === undefined ? 1 : 0;
    return;
  }
  const request = { ...kept.request, body };
  const { provider, settings } = source;
  const normalized = provider.normalize(request, { settings, receivedAt: kept.receivedAt });
  if (!normalized.understood) return;
  if (normalized.unread === undefined) counts.understood += 1;
  if (yes) counts.changed += await learn(store, source, kept, request, normalized);
}

/** How many contracts are not what they were. */
async function learn(
  store: Store,
  source: Source,
  { id, secretIndex, receivedAt }: ReplayableDelivery,
  request: Delivery["request"],
  normalized: Normalized,
): Promise<number> {
  const delivery = toDelivery(source, { request, secretIndex, receivedAt, via: "replay" });
  const recorded = await replay(store, id, delivery, normalized);
  return recorded.outcome === "duplicate" ? 0 : recorded.changed.length;
}

function conclusion(counts: Counts, yes: boolean): TaskEnd {
  const { read: all, understood, changed, unknownSource } = counts;
  const lost =
    unknownSource === 0
      ? ""
      : ` ${unknownSource} are of sources that countersign.yaml has no more.`;
  const text = yes
    ? `${all} read again: ${understood} understood, ${changed} contracts changed by them.${lost}`
    : `${all} would be read again, and ${understood} understood.${lost}${understood > 0 ? " Add --yes to do it." : ""}`;
  return { is: "done", text, data: counts };
}
