import type { Contract, ContractEvent } from "@countersign/core";
import { readEvents, type Store, type StoredContract } from "@countersign/store";
import { chooseRules } from "./mapping/choose-rules.ts";
import { decide } from "./mapping/decide.ts";
import type { Mapping, Rules } from "./mapping/mapping.ts";

/** The contract that speaks for a deal, by which rules, with all that has happened to it. */
export type Speaker = { stored: StoredContract; rules: Rules; events: ContractEvent[] };

/** Of the contracts of the deal that have the same rules as this one, the one that decides. */
export function chooseSpeaker(
  stored: StoredContract,
  linked: readonly StoredContract[],
  mapping: Mapping,
): Omit<Speaker, "events"> {
  const rules = chooseRules(stored.contract, mapping);
  const others = linked.filter(
    ({ contract }) =>
      contract.id !== stored.contract.id && chooseRules(contract, mapping) === rules,
  );
  return { stored: decide([stored, ...others], rules), rules };
}

export async function readSpeaker(
  store: Store,
  stored: StoredContract,
  linked: readonly StoredContract[],
  mapping: Mapping,
): Promise<Speaker> {
  const chosen = chooseSpeaker(stored, linked, mapping);
  return { ...chosen, events: await readEvents(store.database, chosen.stored.contract.id) };
}

/** Why a contract changes nothing in its deal. */
export function outspoken(
  { several }: Rules,
  speaker: Pick<Contract, "id" | "title">,
): { code: "another-contract-decides"; message: string } {
  const reasons = {
    any: "it has got further",
    all: "all of them must be signed, and it is the one that decides now",
    primary: "it is the primary one",
  };
  return {
    code: "another-contract-decides",
    message: `The deal has several contracts, and by "several: ${several}" ${speaker.id} speaks for it: ${reasons[several]}.`,
  };
}
