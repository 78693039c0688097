import type { Contract } from "@countersign/core";
import { refusalOf } from "../acting/permit.ts";
import { say } from "../acting/say.ts";
import type { Asking, Reply } from "../asking.ts";
import { findCandidates } from "../deals/candidates.ts";
import type { Ports } from "../ports.ts";
import { linkDealView } from "../views/link-deal/view.ts";
import { linkWords } from "../words/act-words.ts";

/** Asks for the contract's deal in a modal, where whoever asks may link it and a CRM is connected. */
export async function askForDeal(ports: Ports, asking: Asking, contract: Contract): Promise<Reply> {
  const crms = Object.keys(ports.dealFields);
  if (crms.length === 0) return say(linkWords.noCrm);
  const refusal = await refusalOf(ports, asking, "link", contract);
  if (refusal !== null) return say(refusal);
  const candidates = await findCandidates(ports.store(), contract, crms);
  return { kind: "view", view: linkDealView(contract, candidates, crms) };
}
