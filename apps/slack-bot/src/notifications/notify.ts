import type { Contract } from "@countersign/core";
import {
  readEffects,
  readEvents,
  readLinks,
  type Effect,
  type Store,
  type StoredContract,
} from "@countersign/store";
import type { Channel } from "../slack/channel.ts";
import { announce } from "./announce.ts";
import type { Deal } from "../contracts/card.ts";
import { announcedEvents } from "./ledger.ts";
import { postLine } from "./post-line.ts";
import { renderCard, renderLine } from "./render.ts";
import { settleDoubts } from "./settle-doubts.ts";
import { showCard } from "./show-card.ts";

/** What a contract's own words do not tell of it. */
export type Context = {
  /** The name of a source's provider, as people know it. */
  providerOf(source: string): string;
  /** By CRM: the contract's custom field that holds the deal's id. */
  dealFields: Readonly<Record<string, string>>;
};

/**
 * Brings one contract's card and thread up to date, and says whether that took a call to Slack. To be
 * called by one worker at a time for a contract; throws as `follow` expects it.
 */
export async function notify(
  store: Store,
  channel: Channel,
  context: Context,
  { contract, version }: StoredContract,
): Promise<"called" | "not-called"> {
  const contractId = contract.id;
  const [effects, events, deals] = await Promise.all([
    effectsWithoutDoubts(store, channel, contractId),
    readEvents(store.database, contractId),
    dealsOf(store, context, contract),
  ]);
  const { card, lines } = announce({
    contract,
    events,
    provider: context.providerOf(contract.source),
    deals,
    announced: announcedEvents(effects),
    now: store.now(),
  });
  const target = { contractId, version, effects, lines: lines.length };
  const { ts, called } = await showCard(store, channel, target, renderCard(card));
  if (ts === null) return called ? "called" : "not-called";
  let begun = called;
  for (const [said, line] of lines.entries()) {
    const thread = { contractId, ts, effects, left: lines.length - said, begun };
    const posted = await postLine(store, channel, thread, line, renderLine(line, card));
    begun ||= posted;
  }
  return begun ? "called" : "not-called";
}

/** This contract's effects in this channel, read again only where some had to be settled. */
async function effectsWithoutDoubts(
  store: Store,
  channel: Channel,
  contractId: string,
): Promise<Effect[]> {
  const effects = await effectsIn(store, channel, contractId);
  const settled = await settleDoubts(store, channel, effects);
  return settled === 0 ? effects : effectsIn(store, channel, contractId);
}

async function effectsIn(store: Store, channel: Channel, contractId: string) {
  const effects = await readEffects(store, contractId, "slack");
  return effects.filter(({ target }) => target === channel.id);
}

/** The linked deals; where no link is stored yet, those that the contract's own fields name. */
export async function dealsOf(
  store: Store,
  { dealFields }: Context,
  contract: Contract,
): Promise<Deal[]> {
  const links = await readLinks(store, contract.id);
  const deals = new Map(links.map(({ destination, recordId }) => [destination, recordId]));
  for (const [crm, field] of Object.entries(dealFields)) {
    const recordId = contract.fields[field]?.trim() ?? "";
    if (recordId !== "" && !deals.has(crm)) deals.set(crm, recordId);
  }
  return [...deals].map(([crm, recordId]) => ({ crm, recordId }));
}
