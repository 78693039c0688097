import type { Contract } from "@countersign/core";
import { readContract } from "@countersign/store";
import type { Reply } from "../asking.ts";
import type { Ports } from "../ports.ts";
import { contractGone } from "../words/act-words.ts";
import { say } from "./say.ts";

/** What `act` replies about the contract that a button names. */
export async function withContract(
  ports: Ports,
  contractId: string,
  act: (contract: Contract) => Promise<Reply>,
): Promise<Reply> {
  const stored = await readContract(ports.store().database, contractId);
  if (stored === null) return say(contractGone);
  return act(stored.contract);
}
