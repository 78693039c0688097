import {
  contractsSince,
  PermanentError,
  readLinkedContracts,
  readTies,
  type Store,
  type StoredContract,
} from "@countersign/store";
import type { Crm } from "../crms/crm.ts";
import { resolveLink } from "../matching/resolve-link.ts";
import { planFor } from "../plan-for.ts";
import { readSpeaker } from "../speaker.ts";
import { onlyIn } from "./differences.ts";
import { digestOfMapping, type CrmRehearsal, type Note, type RehearsedWrite } from "./rehearsal.ts";

/**
 * What `changed`, the CRM by a changed countersign.yaml, would write for the contracts since then that
 * `present` would not, and the other way round. Reads deals in batches; writes nothing anywhere. `present` is
 * null where countersign.yaml has no such section yet.
 */
export async function rehearse(
  store: Store,
  { present, changed }: { present: Crm | null; changed: Crm },
  since: Date,
  tell: (line: string) => void,
): Promise<CrmRehearsal> {
  const found: Planned[] = [];
  const seen = new Set<string>();
  let contracts = 0;
  for await (const some of contractsSince(store, since)) {
    const ends = await Promise.all(
      some.map((stored) => compare(store, present, changed, stored, seen)),
    );
    found.push(...ends.filter((end) => end !== null));
    contracts += some.length;
    tell(`${changed.id}: ${contracts} contracts looked at`);
  }
  return {
    crm: changed.id,
    digest: digestOfMapping(changed),
    contracts,
    deals: new Set(found.map(({ dealId }) => dealId)).size,
    writes: found.flatMap(({ before, after }) => onlyIn(after.writes, before.writes)),
    without: found.flatMap(({ before, after }) => onlyIn(before.writes, after.writes)),
    left: found.flatMap(({ before, after }) => {
      const known = new Set(before.left.map(({ message }) => message));
      return after.left.filter(({ message }) => !known.has(message));
    }),
  };
}

type Way = { writes: RehearsedWrite[]; left: Note[] };
/** By the present countersign.yaml, and by the changed one. */
type Planned = { dealId: string; before: Way; after: Way };

const nothing: Way = { writes: [], left: [] };

/** null where there is no deal, or another contract of the deal has been looked at in its stead. */
async function compare(
  store: Store,
  present: Crm | null,
  changed: Crm,
  stored: StoredContract,
  seen: Set<string>,
): Promise<Planned | null> {
  const dealId = await dealOf(store, changed, stored);
  if (dealId === null) return null;
  const linked = await readLinkedContracts(store, changed.id, dealId);
  const [before, after] = await Promise.all([
    present === null ? nothing : plan(store, present, stored, linked, dealId),
    plan(store, changed, stored, linked, dealId),
  ]);
  const key = JSON.stringify([dealId, after.speaker]);
  if (seen.has(key)) return null;
  seen.add(key);
  return { dealId, before, after };
}

/** As it would be found by the next look, without asking the CRM for one that nothing names. */
async function dealOf(
  store: Store,
  crm: Crm,
  { contract }: StoredContract,
): Promise<string | null> {
  const resolved = resolveLink(contract, crm, await readTies(store, contract.id));
  return resolved.kind === "linked" ? resolved.link.recordId : null;
}

async function plan(
  store: Store,
  crm: Crm,
  stored: StoredContract,
  linked: readonly StoredContract[],
  dealId: string,
): Promise<Way & { speaker: string }> {
  const speaker = await readSpeaker(store, stored, linked, crm.mapping);
  const { contract, version } = speaker.stored;
  const about = { contractId: contract.id, dealId };
  const note = (code: string, message: string) => ({ ...about, code, message });
  try {
    const deal = await crm.together(() => crm.readDeal(dealId));
    if (deal === null) {
      const gone = note("deal-not-found", `There is no deal ${dealId}.`);
      return { speaker: contract.id, writes: [], left: [gone] };
    }
    const { plan: planned, told } = await planFor(store, crm, speaker, deal);
    const mapping = speaker.rules.name;
    const writes = planned.writes.map(({ target, values, replaced, because }) => ({
      ...about,
      version,
      mapping,
      event: told.event,
      target,
      values,
      replaced,
      because,
    }));
    const left = planned.left.map(({ code, message }) => note(code, message));
    return { speaker: contract.id, writes, left };
  } catch (error) {
    if (!(error instanceof PermanentError)) throw error;
    return { speaker: contract.id, writes: [], left: [note(error.code, error.message)] };
  }
}
