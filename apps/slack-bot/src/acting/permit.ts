import type { Contract } from "@countersign/core";
import type { Asking } from "../asking.ts";
import { sentenceMessage, type Message } from "../blocks/message.ts";
import { whoIs } from "./people.ts";
import type { Ports } from "../ports.ts";
import { may, type Duty } from "../roles.ts";
import { refusedWords } from "../words/act-words.ts";

/** Null where whoever asks may do that to the contract, else who may. */
export async function refusalOf(
  ports: Ports,
  asking: Asking,
  duty: Duty,
  contract: Contract | null,
): Promise<string | null> {
  const { roles } = ports;
  // Who it is need not be asked then.
  if (roles.allowed[duty] === "everybody") return null;
  if (may(roles, duty, await whoIs(ports, asking, contract))) return null;
  return refusedWords(duty, roles.allowed[duty]);
}

/** What `act` answers; where that is not allowed, who may. */
export async function ifPermitted(
  ports: Ports,
  asking: Asking,
  { duty, contract }: { duty: Duty; contract: Contract },
  act: () => Promise<Message>,
): Promise<Message> {
  const refusal = await refusalOf(ports, asking, duty, contract);
  return refusal === null ? act() : sentenceMessage(refusal);
}
