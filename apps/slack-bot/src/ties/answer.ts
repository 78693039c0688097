import type { Contract } from "@countersign/core";
import { readDeal } from "@countersign/store";
import { ifPermitted } from "../acting/permit.ts";
import type { Asking } from "../asking.ts";
import { answer } from "../blocks/answer.ts";
import type { Message } from "../blocks/message.ts";
import type { Ports } from "../ports.ts";
import { tiedWords, untiedWords } from "../words/act-words.ts";
import { tie, untie } from "./tie.ts";

/** Ties the contract to the deal, where whoever asks may, and says what came of it. */
export function answerTie(
  ports: Ports,
  asking: Asking,
  contract: Contract,
  deal: { crm: string; recordId: string },
): Promise<Message> {
  return ifPermitted(ports, asking, { duty: "link", contract }, async () => {
    const { userId } = asking;
    const tied = await tie(ports.store(), contract.id, deal, userId);
    const read = await readDeal(ports.store(), deal.crm, deal.recordId);
    const said = { ...deal, name: read?.name ?? null };
    return answer(...tiedWords(contract.title, said, tied, userId));
  });
}

/** Takes the contract's tie away, where whoever asks may, and says what came of it. */
export function answerUntie(
  ports: Ports,
  asking: Asking,
  contract: Contract,
  crm: string | null,
): Promise<Message> {
  return ifPermitted(ports, asking, { duty: "link", contract }, async () => {
    const { userId } = asking;
    const untied = await untie(ports.store(), ports, contract, { crm, by: userId });
    return answer(...untiedWords(contract.title, untied, crm, userId));
  });
}
