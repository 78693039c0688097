import {
  PermanentError,
  readAtRecord,
  readTies,
  recordSkip,
  RetryLater,
  type Store,
  type StoredContract,
  type Ties,
} from "@countersign/store";
import type { Crm, Deal } from "./crms/crm.ts";
import { bothEnded } from "./both-ended.ts";
import { bringDeal } from "./bring-deal.ts";
import { dealUpdate, effectKey, type About } from "./deal-update.ts";
import { followMerge } from "./follow-merge.ts";
import { recordFailure } from "./record-failure.ts";
import { settleDoubts } from "./settle-doubts.ts";
import { settleLink, type SettledLink } from "./settle-link.ts";
import { chooseSpeaker, outspoken, type Speaker } from "./speaker.ts";
import type { Turns } from "./turns.ts";

/** How often a deal that people are changing right now is read and planned anew before it is left for a while. */
const readings = 3;
const busyDealSeconds = 2;

/**
 * Makes the contract's deal show the contract as it is now: link → read → plan → claim → write → settle.
 * Says whether the CRM was called. `inTurn` keeps contracts of one deal from being brought there at once; `ties` are
 * the contract's, where they have been read.
 */
export async function sync(
  store: Store,
  crm: Crm,
  stored: StoredContract,
  { inTurn = (_recordId, work) => work(), ties }: { inTurn?: Turns; ties?: Ties } = {},
): Promise<"called" | "not-called"> {
  const { contract, version } = stored;
  const link = await findDeal(store, crm, stored, ties ?? (await readTies(store, contract.id)));
  if (link.kind === "none") {
    await recordNoLink(store, crm, contract.id, link);
    return "not-called";
  }
  const about = { contractId: contract.id, version, recordId: link.recordId };
  const bringing = () => bring(store, crm, about, stored, link);
  await inTurn(link.recordId, () => crm.together(bringing));
  return "called";
}

async function findDeal(
  store: Store,
  crm: Crm,
  { contract, version }: StoredContract,
  ties: Ties,
): Promise<SettledLink> {
  try {
    return await settleLink(store, crm, contract, ties);
  } catch (error) {
    if (error instanceof PermanentError) {
      await recordFailure(store, crm, { contractId: contract.id, version, recordId: "" }, error);
    }
    throw error;
  }
}

/**
 * Where several contracts share the deal, the one that speaks for it is brought there, whichever changed.
 * What is known here is read while the deal is: the less lies between reading and writing, the more
 * contracts go out in one call. Throws Outdated where one of the deal's contracts moved on meanwhile, and
 * where the deal turns out to be another.
 */
async function bring(
  store: Store,
  crm: Crm,
  about: About,
  stored: StoredContract,
  link: Extract<SettledLink, { kind: "linked" }>,
): Promise<void> {
  const { contractId, recordId } = about;
  const look = () => readDeal(store, crm, about, recordId);
  const { formerIds } = link;
  const recall = (of: About) => readAtRecord(store, { ...of, destination: crm.id, formerIds });
  const kept = link.keep().then(() => recall(about));
  const [first, own] = await bothEnded(look(), kept);
  await followMerge(store, crm, link, first);
  const chosen = chooseSpeaker(stored, own.others, crm.mapping);
  const spoken = await speakFor(store, crm, about, chosen);
  let known = spoken.contractId === contractId ? own : await recall(spoken);
  const readAgain = (id: string) => readDeal(store, crm, spoken, id);
  if (await settleDoubts(store, known.planned, first, readAgain)) known = await recall(spoken);
  const speaker: Speaker = { ...chosen, events: known.events };
  const contracts = [stored, ...own.others];
  let deal = first;
  for (let reading = 1; reading <= readings; reading += 1) {
    if (reading > 1) {
      [deal, known] = await Promise.all([look(), recall(spoken)]);
      await followMerge(store, crm, link, deal);
    }
    if (deal === null) throw await noDeal(store, crm, about);
    const bringing = { store, crm, about: spoken, speaker, deal, ledger: known, contracts };
    if (await bringDeal(bringing)) return;
  }
  throw new RetryLater(busyDealSeconds);
}

/** About the contract that speaks; where that is another one, it is written down why this one does not. */
async function speakFor(
  store: Store,
  crm: Crm,
  about: About,
  { stored, rules }: Pick<Speaker, "stored" | "rules">,
): Promise<About> {
  const { contractId, recordId } = about;
  const { contract, version } = stored;
  if (contract.id === contractId) return about;
  const why = outspoken(rules, contract);
  const key = effectKey(crm, contractId, why.code, { message: why.message, recordId });
  await recordSkip(store, { ...dealUpdate(crm, contractId, recordId), key }, why);
  return { contractId: contract.id, version, recordId };
}

async function noDeal(store: Store, crm: Crm, about: About): Promise<PermanentError> {
  const error = new PermanentError(
    "deal-not-found",
    `There is no deal ${about.recordId}, or it was deleted. Link the contract to another deal, or restore this one.`,
  );
  await recordFailure(store, crm, about, error);
  return error;
}

async function readDeal(
  store: Store,
  crm: Crm,
  about: About,
  recordId: string,
): Promise<Deal | null> {
  try {
    return await crm.readDeal(recordId);
  } catch (error) {
    if (error instanceof PermanentError) await recordFailure(store, crm, about, error);
    throw error;
  }
}

async function recordNoLink(
  store: Store,
  crm: Crm,
  contractId: string,
  why: Extract<SettledLink, { kind: "none" }>,
): Promise<void> {
  const key =
    why.code === "no-link"
      ? `${crm.id}/${contractId}/no-link`
      : effectKey(crm, contractId, why.code, why.message);
  await recordSkip(store, { ...dealUpdate(crm, contractId, ""), key }, why);
}
