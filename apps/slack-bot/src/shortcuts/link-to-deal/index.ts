import { findByUrl, readContract } from "@countersign/store";
import type { Contract } from "@countersign/core";
import { say } from "../../acting/say.ts";
import type { Ports } from "../../ports.ts";
import { askForDeal } from "../../ties/ask.ts";
import { linkWords } from "../../words/act-words.ts";
import type { Shortcut } from "../shortcut.ts";

/** "Link to deal" on a message of ours, or on one in which a contract's address stands. */
export const linkToDeal: Shortcut = {
  id: "link_to_deal",
  kind: "message",
  name: "Link to deal",
  description: "Ties the contract that this message is about to a deal.",
  async run(on, asking, ports) {
    const contract = on === null ? null : await contractOn(on, ports);
    if (contract !== null) return askForDeal(ports, asking, contract);
    return say(linkWords.noContractInMessage);
  },
};

/** How many addresses of a message are looked up. */
const lookedUp = 5;

async function contractOn(
  { text, contractId }: { text: string; contractId: string | null },
  ports: Ports,
): Promise<Contract | null> {
  const store = ports.store();
  if (contractId !== null) {
    const stored = await readContract(store.database, contractId);
    if (stored !== null) return stored.contract;
  }
  for (const url of urlsIn(text).slice(0, lookedUp)) {
    const stored = await findByUrl(store, url);
    if (stored !== null) return stored.contract;
  }
  return null;
}

/** Slack puts addresses into angle brackets, with `&` as `&amp;`. */
function urlsIn(text: string): string[] {
  const found = text.matchAll(/<(https?:[^<>|\s]+)(?:\|[^<>]*)?>/g);
  return [...found].map(([, url = ""]) => url.replaceAll("&amp;", "&"));
}
