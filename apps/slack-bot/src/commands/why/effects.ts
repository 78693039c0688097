import type { Json } from "@countersign/core";
import type { Effect } from "@countersign/store";
import { z } from "zod";
import type { WhyEffect } from "../../blocks/why-lines.ts";
import type { DealFacts } from "../../contracts/facts.ts";
import { dealNames } from "../../deals/index.ts";

/** What crm-sync writes down of the values that it replaced, and of those that it left. */
const DealValues = z.object({
  stage: z.string().nullable(),
  fields: z.record(z.string(), z.string().nullable()),
});

/** An effect as people are told of it: of a deal's values, and of words that quote them, only with `showsAmounts`. */
export function whyEffectOf(
  effect: Effect,
  deals: readonly DealFacts[],
  showsAmounts: boolean,
): WhyEffect {
  const { status, kind, destination, target, code, message } = effect;
  const deal = deals.find(({ crm, recordId }) => crm === destination && recordId === target);
  const changes = status === "done" ? changesOf(effect) : [];
  const saysAll = showsAmounts || !dealNames.some(({ crm }) => crm === destination);
  const at = effect.settledAt ?? effect.calledAt ?? effect.plannedAt;
  return {
    status,
    kind,
    destination,
    target: deal?.name ?? target,
    at: at.toISOString(),
    code,
    message: saysAll ? message : null,
    changes: showsAmounts ? changes : changes.map(({ name }) => ({ name })),
  };
}

function changesOf({ before, after }: Effect): WhyEffect["changes"] {
  const [old, now] = [valuesOf(before), valuesOf(after)];
  return [...now].map(([name, value]) => ({
    name,
    before: old.get(name) ?? null,
    after: value,
  }));
}

/** Empty for effects of other kinds. A stage that is left alone is no change. */
function valuesOf(json: Json): Map<string, string | null> {
  const { data } = DealValues.safeParse(json);
  if (data === undefined) return new Map();
  const stage = data.stage === null ? [] : [["stage", data.stage] as const];
  return new Map([...stage, ...Object.entries(data.fields)]);
}
