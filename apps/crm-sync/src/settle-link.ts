import type { Contract } from "@countersign/core";
import {
  forgetLearnt,
  readEffects,
  removeUnmatched,
  saveFoundLink,
  type Link,
  type Store,
  type Ties,
} from "@countersign/store";
import type { Crm } from "./crms/crm.ts";
import { learnChoice } from "./matching/learn-choice.ts";
import { matchContract, type MatchedLink } from "./matching/match-contract.ts";
import { resolveLink } from "./matching/resolve-link.ts";
import { everWritten, writeBackDestination } from "./write-back/field-write.ts";

export type SettledLink =
  /**
   * `keep` keeps the tie. It comes before the contracts of the deal are read: of two that are tied to it at
   * the same time, one then sees the other. `formerIds`: what the deal is known to have been called before.
   */
  | { kind: "linked"; recordId: string; formerIds: readonly string[]; keep: () => Promise<void> }
  | { kind: "none"; code: string; message: string };

/**
 * Finds the contract's deal, and learns from a person's choice. Where nothing names a deal and `matching` is
 * set, the CRM is asked for it.
 */
export async function settleLink(
  store: Store,
  crm: Crm,
  contract: Contract,
  ties: Ties,
): Promise<SettledLink> {
  const { id, matching } = crm;
  const quota = () => crm.quota();
  const written = await readWritten(store, crm, contract, ties);
  const resolved = resolveLink(contract, crm, ties, written);
  if (resolved.kind === "linked") {
    const { link } = resolved;
    if (matching !== null && link.foundBy === "person") {
      await learnChoice(store, { id, matching }, contract, link.recordId);
    }
    return linkedBy(link);
  }
  if (matching === null) return resolved;
  if (!resolved.mayMatch) {
    await Promise.all([
      removeUnmatched(store, contract.id, id),
      forgetLearnt(store, id, contract.id),
    ]);
    return resolved;
  }
  const match = await matchContract(store, { id, matching, quota }, contract);
  return match === null ? resolved : linkedBy(match);

  function linkedBy(found: MatchedLink): SettledLink {
    const tie = { ...found, contractId: contract.id, destination: id };
    const keep = async () => {
      await Promise.all([
        isKept(ties, tie) ? null : saveFoundLink(store, tie),
        matching === null ? null : removeUnmatched(store, contract.id, id),
      ]);
    };
    const { recordId } = found;
    const kept = ties.links.find((one) => one.destination === id && one.recordId === recordId);
    return { kind: "linked", recordId, formerIds: kept?.formerIds ?? [], keep };
  }
}

/** They matter only where a person took a tie away. */
async function readWritten(
  store: Store,
  crm: Crm,
  { id }: Contract,
  { removed }: Ties,
): Promise<string[]> {
  if (!removed.some(({ destination }) => destination === crm.id)) return [];
  return everWritten(await readEffects(store, id, writeBackDestination(crm)));
}

function isKept({ links }: Pick<Ties, "links">, tie: Link): boolean {
  return links.some(
    ({ destination, recordId, foundBy, detail }) =>
      destination === tie.destination &&
      recordId === tie.recordId &&
      foundBy === tie.foundBy &&
      detail === tie.detail,
  );
}
