import { gather, saveDeal, wake, type Store } from "@countersign/store";
import type { Crm, Deal, DealValues } from "./crms/crm.ts";
import type { FieldValue } from "./mapping/mapping.ts";
import { isBlank } from "./mapping/same-value.ts";
import { stageLabel } from "./plan-stage.ts";

/**
 * Keeps what people want to see of a deal, and asks Slack to look at its contracts again where that is news.
 * `written` is what has been written to it since it was read. What could not be found out stays as it was
 * kept before.
 */
export async function showDeal(
  store: Store,
  crm: Pick<Crm, "id" | "shownFields">,
  deal: Deal,
  written: DealValues,
  contractIds: readonly string[],
): Promise<void> {
  const facts = factsAfter(crm.shownFields, deal.facts, written.fields);
  const isNews = await saveDeal(store, {
    destination: crm.id,
    recordId: deal.recordId,
    name: facts.name,
    amount: facts.amount,
    currency: facts.currency,
    stage: stageLabel(deal, written.stage ?? deal.stage),
    pipeline: deal.pipelineLabel,
    account: facts.account,
    ownerEmail: facts.ownerEmail,
    url: facts.url,
  });
  if (isNews) await wakeSlack(store, contractIds);
}

function factsAfter(
  shown: Crm["shownFields"],
  facts: Deal["facts"],
  written: DealValues["fields"],
): Deal["facts"] {
  const now = { ...facts };
  const text = (name: string) => (written[name] == null ? null : String(written[name]));
  if (shown.name in written) now.name = text(shown.name);
  if (shown.amount in written) now.amount = numberIn(written[shown.amount] ?? null);
  if (shown.currency in written) now.currency = text(shown.currency);
  return now;
}

function numberIn(value: FieldValue | null): number | null {
  const number = isBlank(value) ? Number.NaN : Number(value);
  return Number.isFinite(number) ? number : null;
}

const gatherings = new WeakMap<Store, (contractIds: readonly string[]) => Promise<void>>();

/** One transaction for the deals of all contracts that are worked on at once. */
function wakeSlack(store: Store, contractIds: readonly string[]): Promise<void> {
  const known = gatherings.get(store);
  if (known !== undefined) return known(contractIds);
  const together = gather(
    async (asked: (readonly string[])[]) => {
      await wake(store, "slack", [...new Set(asked.flat())]);
      return asked.map(() => ({ status: "fulfilled", value: undefined }) as const);
    },
    { atOnce: 1, largest: 200 },
  );
  gatherings.set(store, together);
  return together(contractIds);
}
