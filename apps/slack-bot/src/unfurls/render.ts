import type { Contract } from "@countersign/core";
import { personOf, whoBefore } from "../acting/people.ts";
import type { Message } from "../blocks/message.ts";
import { contractUnfurl, dealUnfurl, mostUnfurled } from "../blocks/unfurl.ts";
import { cardOf } from "../contracts/card.ts";
import { readFacts } from "../contracts/read-facts.ts";
import type { ContractFacts } from "../contracts/facts.ts";
import type { Ports } from "../ports.ts";
import { may } from "../roles.ts";
import type { Subject } from "./find-subject.ts";

/** Who sees it: everybody in a channel, or (`userId`) one person alone, in their direct messages with us. */
export type Viewers = { workspace: string; userId: string | null };

/** What stands below a link to it; null where nothing of ours is behind the deal after all. */
export async function renderSubject(
  ports: Ports,
  subject: Subject,
  viewers: Viewers,
): Promise<Message | null> {
  const contracts = subject.kind === "contract" ? [subject.contract] : subject.contracts;
  const all = await Promise.all(contracts.map((contract) => cardTo(ports, contract, viewers)));
  const [first] = all;
  if (subject.kind === "contract") return first === undefined ? null : contractUnfurl(first);
  const isOfDeal = (deal: { crm: string; recordId: string }) =>
    deal.crm === subject.crm && deal.recordId === subject.recordId;
  const tied = all.filter(({ deals }) => deals.some(isOfDeal));
  const deal = tied[0]?.deals.find(isOfDeal);
  return deal === undefined ? null : dealUnfurl(deal, tied, tied.length > mostUnfurled);
}

async function cardTo(ports: Ports, contract: Contract, viewers: Viewers) {
  const facts = await readFacts(ports.store(), ports, contract);
  const showAmounts = await maySeeAmounts(ports, facts, viewers);
  return cardOf(facts, { showAmounts, canRemind: false, linkable: [] }, ports.now());
}

/** In a channel only what everybody may see. */
async function maySeeAmounts(
  ports: Ports,
  facts: ContractFacts,
  { workspace, userId }: Viewers,
): Promise<boolean> {
  if (ports.roles.allowed.seeAmounts === "everybody") return true;
  if (userId === null) return false;
  const person = await personOf(ports, { workspace, userId });
  return may(ports.roles, "seeAmounts", whoBefore(person, facts));
}
