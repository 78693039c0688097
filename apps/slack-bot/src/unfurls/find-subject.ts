import type { Contract } from "@countersign/core";
import { findByRecord, findByUrl, type Reader } from "@countersign/store";
import { readDealName } from "../deals/read-deal-name.ts";
import { mostUnfurled } from "../blocks/unfurl.ts";

/** What of ours a link leads to. */
export type Subject =
  | { kind: "contract"; contract: Contract }
  /** With the contracts tied to it, the latest changed first. */
  | { kind: "deal"; crm: string; recordId: string; contracts: Contract[] };

/** Null where the link leads to nothing that we know, or to a deal without a contract. */
export async function findSubject(
  reader: Reader,
  link: string,
  crms: readonly string[],
): Promise<Subject | null> {
  const url = URL.parse(link.replaceAll("&amp;", "&"));
  if (url === null) return null;
  const named = readDealName(url.href, crms);
  if (named.kind === "deal") {
    const { crm, recordId } = named;
    const found = await findByRecord(reader, recordId, mostUnfurled + 1);
    const contracts = found.map(({ contract }) => contract);
    return contracts.length === 0 ? null : { kind: "deal", crm, recordId, contracts };
  }
  for (const address of spellingsOf(url)) {
    const found = await findByUrl(reader, address);
    if (found !== null) return { kind: "contract", contract: found.contract };
  }
  return null;
}

/** As it came, and without what people's browsers and mails hang onto an address. */
function spellingsOf({ href, origin, pathname, search, hash }: URL): string[] {
  const path = pathname.replace(/\/$/, "");
  const all = [href, origin + path + search, origin + pathname + hash, origin + path];
  return [...new Set(all)];
}

/** Names it among what was shown in a channel. */
export function subjectName(subject: Subject): string {
  return subject.kind === "contract"
    ? `contract ${subject.contract.id}`
    : `deal ${subject.crm}/${subject.recordId}`;
}
