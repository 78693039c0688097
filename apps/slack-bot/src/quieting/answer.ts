import type { Contract } from "@countersign/core";
import { refusalOf } from "../acting/permit.ts";
import { isDirect, type Asking } from "../asking.ts";
import { answer, type Piece } from "../blocks/answer.ts";
import type { Message } from "../blocks/message.ts";
import type { Ports } from "../ports.ts";
import { mutedWords, quietWords, snoozedWords, unmutedWords } from "../words/act-words.ts";
import { hush, unhush, type Audience, type Scope } from "./hush.ts";

/** `until` null: for good. `orForMe`: whoever may not do it for the channel has it for themselves. */
export type QuietWish = { scope: Scope; until: Date | null; orForMe: boolean };

/** Keeps the contract quiet for whoever asks, or for the channel where they may, and says so. */
export async function answerQuiet(
  ports: Ports,
  asking: Asking,
  contract: Contract,
  { scope, until, orForMe }: QuietWish,
): Promise<Message> {
  const place = await placeOf(ports, asking, contract, scope);
  if (place.refusal !== null && !orForMe) return answer(place.refusal);
  const meant = place.refusal === null ? place : mine(asking);
  const audience = audienceOf(asking, contract, meant.audience);
  await hush(ports.store(), { ...audience, until, by: asking.userId });
  const said: Piece[] =
    until === null
      ? [mutedWords(contract.title, meant.scope)]
      : snoozedWords(contract.title, meant.scope, until);
  return answer(...said, ...(place.refusal === null ? [] : [` ${quietWords.forYouAlone}`]));
}

/** Lets the contract be heard of again by whoever asks, or in the channel where they may say so. */
export async function answerUnmute(
  ports: Ports,
  asking: Asking,
  contract: Contract,
  asked: Scope,
): Promise<Message> {
  const { scope, audience, refusal } = await placeOf(ports, asking, contract, asked);
  if (refusal !== null) return answer(refusal);
  const wasQuiet = await unhush(ports.store(), audienceOf(asking, contract, audience));
  return answer(unmutedWords(contract.title, scope, wasQuiet));
}

type Place = { scope: Scope; audience: string; refusal: string | null };

/** Where only one person listens, as in a direct message, it is for them. */
async function placeOf(
  ports: Ports,
  asking: Asking,
  contract: Contract,
  scope: Scope,
): Promise<Place> {
  const { channel } = asking;
  if (scope === "me" || (channel !== null && isDirect(channel))) return mine(asking);
  if (channel === null) return { scope, audience: "", refusal: quietWords.noChannel };
  const refusal = await refusalOf(ports, asking, "muteForOthers", contract);
  return { scope, audience: channel, refusal };
}

function mine({ userId }: Asking): Place {
  return { scope: "me", audience: userId, refusal: null };
}

function audienceOf({ workspace }: Asking, { id }: Contract, audience: string): Audience {
  return { workspace, audience, contractId: id };
}
