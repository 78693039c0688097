import type { Contract } from "@countersign/core";
import { findByRecord, findByUrl, findContracts, type StoredContract } from "@countersign/store";
import { readDealName } from "../deals/read-deal-name.ts";
import type { Ports } from "../ports.ts";
import { asTyped } from "../subscriptions/slack-text.ts";

/**
 * The contracts that the words name, at most `limit`, the latest changed first: by words of theirs or an id,
 * by the id of their deal, or by the address of either.
 */
export async function findMeant(ports: Ports, words: string, limit: number): Promise<Contract[]> {
  const meant = asMeant(words);
  const isAddress = /^https?:\/\/\S+$/.test(meant);
  const found = isAddress
    ? await findAtAddress(ports, meant, limit)
    : await findNamed(ports, meant, limit);
  return found.map(({ contract }) => contract);
}

/** As it was typed, without quotes. */
export function asMeant(words: string): string {
  return asTyped(words)
    .replaceAll(/["“”„‟«»]/gu, " ")
    .trim();
}

async function findNamed(ports: Ports, meant: string, limit: number): Promise<StoredContract[]> {
  const store = ports.store();
  const found = await findContracts(store.database, meant, limit);
  return found.length > 0 ? found : findByRecord(store, recordIdIn(ports, meant) ?? meant, limit);
}

async function findAtAddress(
  ports: Ports,
  address: string,
  limit: number,
): Promise<StoredContract[]> {
  const store = ports.store();
  const recordId = recordIdIn(ports, address);
  const ofDeal = recordId === null ? [] : await findByRecord(store, recordId, limit);
  if (ofDeal.length > 0) return ofDeal;
  const shown = await findByUrl(store, address);
  if (shown !== null) return [shown];
  // Providers serve one contract at several addresses; its id stands in each.
  for (const id of recordId === null ? idsIn(address) : [recordId]) {
    const found = await findContracts(store.database, id, limit);
    if (found.length > 0) return found;
  }
  return [];
}

/** The CRM's own id of a deal, from any way to write it or its address; null where it is none. */
function recordIdIn({ dealFields }: Ports, text: string): string | null {
  const read = readDealName(text, Object.keys(dealFields));
  return read.kind === "deal" ? read.recordId : null;
}

/** What may be a contract's id in an address, the last part first. */
function idsIn(address: string): string[] {
  const url = URL.parse(address);
  if (url === null) return [];
  const parts = [...url.pathname.split("/"), ...url.searchParams.values()];
  return parts
    .filter((part) => /^(?=.*\d)[\w-]{8,100}$/.test(part))
    .slice(-4)
    .toReversed();
}
