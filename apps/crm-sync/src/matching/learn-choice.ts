import type { Contract } from "@countersign/core";
import { learnAccounts, readEffect, recordSkip, type Store } from "@countersign/store";
import { evidenceOf } from "./evidence.ts";
import type { Matching } from "./match-contract.ts";

/**
 * Keeps what a person's choice of a deal says of the counterparty: its domain stands for the deal's account.
 * Contracts of the same counterparty that wait for a deal are looked at again. A choice teaches once.
 */
export async function learnChoice(
  store: Store,
  { id, matching }: { id: string; matching: Matching },
  contract: Contract,
  recordId: string,
): Promise<void> {
  const { domains } = evidenceOf(contract, matching.settings);
  if (domains.length === 0) return;
  const key = `${id}/${contract.id}/learnt/${recordId}`;
  if ((await readEffect(store, key)) !== null) return;
  const account = await matching.search.accountOf(recordId);
  const learnt =
    account === null
      ? []
      : domains.map((domain) => ({ domain, accountId: account.id, accountName: account.name }));
  await learnAccounts(store, id, contract.id, learnt);
  const name = account?.name ?? account?.id ?? "no account";
  await recordSkip(
    store,
    {
      key,
      destination: id,
      contractId: contract.id,
      target: recordId,
      kind: "match.learn",
      plan: {},
    },
    {
      code: "learnt",
      message: `Contracts with ${domains.join(", ")} belong to ${name}, as a person chose.`,
    },
  );
}
