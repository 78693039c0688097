import type { Contract } from "@countersign/core";
import {
  readTies,
  removeLink,
  saveLink,
  wake,
  type Link,
  type Reader,
  type Store,
} from "@countersign/store";
import { readFacts } from "../contracts/read-facts.ts";
import type { Ports } from "../ports.ts";

type DealId = { crm: string; recordId: string };

/** What became of tying a contract to a deal. */
export type Tied =
  /** `before`: the tie to another deal of that CRM that this one takes the place of. */
  | { kind: "tied"; before: Link | null }
  /** The same person or another had done so. */
  | { kind: "already"; by: string };

/** Ties the contract to the deal because a person says so, and has the CRM and Slack look again. */
export async function tie(
  store: Store,
  contractId: string,
  { crm, recordId }: DealId,
  by: string,
): Promise<Tied> {
  const { links } = await readTies(store, contractId);
  const standing = links.find(({ destination }) => destination === crm) ?? null;
  const isSame = standing?.recordId === recordId;
  const isDone = isSame && standing.foundBy === "person";
  if (!isDone) {
    const made = { foundBy: "person", certainty: 1, detail: by } as const;
    await saveLink(store, { contractId, destination: crm, recordId, ...made });
  }
  await wakeBoth(store, crm, contractId);
  if (isDone) return { kind: "already", by: standing.detail };
  return { kind: "tied", before: isSame ? null : standing };
}

/** What became of taking a contract's tie away. */
export type Untied =
  | { kind: "untied"; crm: string; recordId: string; name: string | null }
  | { kind: "none" }
  /** It is tied in several CRMs, and none was named. */
  | { kind: "which"; crms: string[] };

/** Takes away the tie in this CRM, or in the only one that there is, until a person makes another. */
export async function untie(
  store: Store,
  ports: Pick<Ports, "sources" | "dealFields">,
  contract: Contract,
  { crm, by }: { crm: string | null; by: string },
): Promise<Untied> {
  const tied = await tiedDeals(store, ports, contract);
  const meant = crm === null ? tied : tied.filter((deal) => deal.crm === crm);
  const [deal] = meant;
  if (deal === undefined) return { kind: "none" };
  if (meant.length > 1) return { kind: "which", crms: meant.map((one) => one.crm) };
  const tieOf = { contractId: contract.id, destination: deal.crm, detail: by };
  const isRemoved = await removeLink(store, tieOf);
  if (!isRemoved) {
    // The contract itself names the deal, and the CRM has not been brought to it yet.
    const named = { foundBy: "custom-field", certainty: 1, recordId: deal.recordId } as const;
    await saveLink(store, { ...tieOf, ...named });
    await removeLink(store, tieOf);
  }
  await wakeBoth(store, deal.crm, contract.id);
  return { kind: "untied", crm: deal.crm, recordId: deal.recordId, name: deal.name };
}

/** The deals that a contract is tied to now. */
async function tiedDeals(
  reader: Reader,
  ports: Pick<Ports, "sources" | "dealFields">,
  contract: Contract,
): Promise<{ crm: string; recordId: string; name: string | null }[]> {
  const { deals } = await readFacts(reader, ports, contract);
  return deals.map(({ crm, recordId, name }) => ({ crm, recordId, name }));
}

async function wakeBoth(store: Store, crm: string, contractId: string): Promise<void> {
  await wake(store, crm, [contractId]);
  await wake(store, "slack", [contractId]);
}
