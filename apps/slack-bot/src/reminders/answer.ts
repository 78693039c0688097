import type { Contract } from "@countersign/core";
import { ifPermitted } from "../acting/permit.ts";
import type { Asking } from "../asking.ts";
import { answer } from "../blocks/answer.ts";
import type { Message } from "../blocks/message.ts";
import type { Ports } from "../ports.ts";
import { remindedWords } from "../words/act-words.ts";
import { remind } from "./remind.ts";

/** Reminds the contract's signers, where whoever asks may, and says what came of it. */
export function answerReminder(ports: Ports, asking: Asking, contract: Contract): Promise<Message> {
  return ifPermitted(ports, asking, { duty: "remind", contract }, async () => {
    const { sources } = ports;
    const reminded = await remind({ store: ports.store(), sources }, contract, asking.userId);
    const provider = sources.providerOf(contract.source)?.title ?? contract.source;
    return answer(...remindedWords(contract.title, provider, reminded));
  });
}
