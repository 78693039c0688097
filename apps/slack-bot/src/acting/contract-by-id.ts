import type { Contract } from "@countersign/core";
import { readContract } from "@countersign/store";
import type { Reply } from "../asking.ts";
import { sentenceMessage } from "../blocks/message.ts";
import type { Ports } from "../ports.ts";
import { contractGone } from "../words/act-words.ts";

/** What `act` replies about the contract that a button names. */
export async function withContract(
  ports: Ports,
  contractId: string,
  act: (contract: Contract) => Promise<Reply>,
): Promise<Reply> {
  const stored = await readContract(ports.store().database, contractId);
  if (stored === null) return { kind: "message", message: sentenceMessage(contractGone) };
  return act(stored.contract);
}
