import type { Contract, ContractEvent } from "@countersign/core";
import { readEffects, type Effect, type Store } from "@countersign/store";
import type { ContractFacts } from "../contracts/facts.ts";
import { announce, type Announcement } from "./announce.ts";
import { announcedEvents, knownCard } from "./ledger.ts";
import { passOver, postLine, type Thread } from "./post-line.ts";
import { renderCard, renderLine, renderListed } from "./render.ts";
import { settleDoubts } from "./settle-doubts.ts";
import { showCard } from "./show-card.ts";
import type { Target } from "./target.ts";

/** A contract as it is now, and what is known of it. */
export type Subject = {
  contract: Contract;
  version: number;
  events: ContractEvent[];
  facts: ContractFacts;
  /** Whether its provider can remind signers, and the CRMs that it could be linked in. */
  offers: { canRemind: boolean; linkable: readonly string[] };
  /** What was done for it in Slack, in whatever channel, oldest first. */
  effects: Effect[];
};

/** Makes one channel show the contract, and says whether that took a call. Throws as `follow` expects it. */
export async function showIn(store: Store, target: Target, subject: Subject): Promise<boolean> {
  const effects = await effectsWithoutDoubts(store, target, subject);
  const announcement = announce({
    contract: subject.contract,
    events: subject.events,
    facts: subject.facts,
    offers: { ...subject.offers, showAmounts: target.showAmounts },
    announced: announcedEvents(effects),
    tells: (event) => target.tells(event),
    since: target.since,
    now: store.now(),
  });
  if (target.mode === "list") return tellIn(store, target, { ...subject, effects }, announcement);
  return keepCard(store, target, { ...subject, effects }, announcement);
}

async function keepCard(
  store: Store,
  target: Target,
  { contract, version, effects }: Subject,
  { card, lines }: Announcement,
): Promise<boolean> {
  const { channel, silence } = target;
  const contractId = contract.id;
  const stands = knownCard(effects, channel.id, contractId).posted;
  const saysLines = silence === null && target.mode === "thread";
  if (!stands && (silence !== null || !isWorthACard(target, card.isOpen, lines.length))) {
    await passOver(store, channel, { contractId, effects }, lines, silence);
    return false;
  }
  const said = saysLines ? lines.length : 0;
  const about = { contractId, version, effects, lines: said };
  const { ts, called } = await showCard(store, channel, about, renderCard(card));
  if (ts === null) return called;
  if (!saysLines) await passOver(store, channel, { contractId, effects }, lines, silence);
  let begun = called;
  for (const [index, line] of lines.slice(0, said).entries()) {
    const thread: Thread = { contractId, ts, effects, left: said - index, begun };
    const message = renderLine(line, card);
    begun = (await postLine(store, target, thread, line, message)) || begun;
  }
  return begun;
}

/** Who asked only for some events gets the card with the first of them; who came late, none for what is over. */
function isWorthACard(target: Target, isOpen: boolean, lines: number): boolean {
  if (lines > 0) return true;
  return target.tellsAll && (target.since === null || isOpen);
}

/** Each line is a message of its own, without a card. */
async function tellIn(
  store: Store,
  target: Target,
  { contract, effects }: Subject,
  { card, lines }: Announcement,
): Promise<boolean> {
  const { channel, silence } = target;
  const contractId = contract.id;
  if (silence !== null) {
    await passOver(store, channel, { contractId, effects }, lines, silence);
    return false;
  }
  let begun = false;
  for (const [index, line] of lines.entries()) {
    const thread: Thread = { contractId, ts: null, effects, left: lines.length - index, begun };
    const message = renderListed(line, card);
    begun = (await postLine(store, target, thread, line, message)) || begun;
  }
  return begun;
}

/** This contract's effects in this channel, read again only where some had to be settled. */
async function effectsWithoutDoubts(
  store: Store,
  { channel }: Target,
  { contract, effects }: Subject,
): Promise<Effect[]> {
  const here = (all: Effect[]) => all.filter(({ target }) => target === channel.id);
  const settled = await settleDoubts(store, channel, here(effects));
  return settled === 0 ? here(effects) : here(await readEffects(store, contract.id, "slack"));
}
