import type { Contract, ContractEvent } from "@countersign/core";
import type { KeptDelivery } from "@countersign/store";
import type { WhyDelivery } from "../../blocks/why-lines.ts";
import { happeningOf } from "../../contracts/moments.ts";
import { happeningSentence } from "../../words/happening-words.ts";
import { historyWords } from "../../words/history-words.ts";
import { whyWords } from "../../words/why-words.ts";

/** A delivery with its proof, and the events that it was the first to prove. */
export function whyDeliveryOf(
  delivery: KeptDelivery,
  contract: Contract,
  events: ReadonlyMap<string, ContractEvent>,
): WhyDelivery {
  const { receivedAt, timesReceived, bodyProof, secretIndex, digest, proves } = delivery;
  return {
    at: receivedAt,
    source: contract.source,
    times: timesReceived,
    proof: secretIndex === null ? "read-back" : proofOf(bodyProof),
    secret: secretIndex === null ? null : secretIndex + 1,
    digest,
    proves: proves.flatMap((id) => {
      const event = events.get(id);
      return event === undefined ? [] : [eventOf(contract, event)];
    }),
  };
}

function proofOf(bodyProof: KeptDelivery["bodyProof"]): WhyDelivery["proof"] {
  return bodyProof === "signature" ? "signature" : "secret-alone";
}

function eventOf(contract: Contract, event: ContractEvent): WhyDelivery["proves"][number] {
  if (event.description !== null) return { words: whyWords.described, at: null };
  const happening = happeningOf(contract, { event, reason: event.reason, covers: [] });
  const { words } = happeningSentence(happening);
  const note = event.note === null ? words : `${words}: ${event.note}`;
  const claim = event.claimed ? ` (${historyWords.claimed})` : "";
  return { words: `${note}${claim}`, at: event.occurredAt };
}
