import type { Effect, Reader } from "@countersign/store";
import type { Crm, Deal } from "./crms/crm.ts";
import { nothingKnown, type Known } from "./known.ts";
import { planChange, type Plan } from "./plan-change.ts";
import { readKnownOf } from "./read-known.ts";
import type { Speaker } from "./speaker.ts";
import type { Told } from "./write.ts";

/**
 * Plans what the deal lacks of the contract that speaks for it, by what the ledger knows. Changes nothing.
 * `done` are the effects that were done to the deal, where somebody has read them already.
 */
export async function planFor(
  reader: Reader,
  crm: Pick<Crm, "id" | "mapping">,
  { rules, events, stored }: Speaker,
  deal: Deal,
  done: readonly Effect[] | null = null,
): Promise<{ plan: Plan; known: ReadonlyMap<string, Known>; told: Told }> {
  const { contract } = stored;
  const known = await readKnownOf(reader, crm.id, deal, rules, done);
  const plan = planChange({
    contract,
    events,
    deal,
    rules,
    provider: crm.mapping.providers.get(contract.source) ?? null,
    known: (recordId) => known.get(recordId) ?? nothingKnown,
  });
  const event = lastHappening(events);
  const told: Told = {
    mapping: rules.name,
    event: event && { id: event.id, type: event.type, occurredAt: event.occurredAt },
  };
  return { plan, known, told };
}

/** What happened, rather than how the contract was described then. */
function lastHappening(events: Speaker["events"]): Speaker["events"][number] | null {
  const known = events.filter(({ claimed }) => !claimed);
  return known.findLast(({ description }) => description === null) ?? known.at(-1) ?? null;
}
