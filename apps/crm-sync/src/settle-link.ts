import type { Contract } from "@countersign/core";
import {
  forgetLearnt,
  readEffects,
  readTies,
  removeUnmatched,
  saveLink,
  type Store,
} from "@countersign/store";
import type { Crm } from "./crms/crm.ts";
import { learnChoice } from "./matching/learn-choice.ts";
import { matchContract } from "./matching/match-contract.ts";
import { resolveLink, type Ties } from "./matching/resolve-link.ts";
import { everWritten, writeBackDestination } from "./write-back/field-write.ts";

export type SettledLink =
  | { kind: "linked"; recordId: string }
  | { kind: "none"; code: string; message: string };

/**
 * Finds the contract's deal, keeps the tie with what found it, and learns from a person's choice. Where nothing
 * names a deal and `matching` is set, the CRM is asked for it.
 */
export async function settleLink(store: Store, crm: Crm, contract: Contract): Promise<SettledLink> {
  const { id, matching } = crm;
  const quota = () => crm.quota();
  const ties = await readTies(store, contract.id);
  const written = await readWritten(store, crm, contract, ties);
  const resolved = resolveLink(contract, crm, ties, written);
  if (resolved.kind === "none") {
    if (matching === null) return resolved;
    if (!resolved.mayMatch) {
      await Promise.all([
        removeUnmatched(store, contract.id, id),
        forgetLearnt(store, id, contract.id),
      ]);
      return resolved;
    }
    const match = await matchContract(store, { id, matching, quota }, contract);
    if (match === null) return resolved;
    await keep(match);
    return { kind: "linked", recordId: match.recordId };
  }
  const { link } = resolved;
  await keep(link);
  if (matching !== null && link.foundBy === "person") {
    await learnChoice(store, { id, matching }, contract, link.recordId);
  }
  return { kind: "linked", recordId: link.recordId };

  async function keep(found: Extract<typeof resolved, { kind: "linked" }>["link"]): Promise<void> {
    const tie = { ...found, contractId: contract.id, destination: id };
    const out = matching === null ? null : removeUnmatched(store, contract.id, id);
    await Promise.all([saveLink(store, tie), out]);
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

/** The key of the turn that a contract takes: that of its deal, where it is known already. */
export async function turnOf(store: Store, crm: Crm, contract: Contract): Promise<string> {
  const resolved = resolveLink(contract, crm, await readTies(store, contract.id));
  return resolved.kind === "linked" ? resolved.link.recordId : contract.id;
}
