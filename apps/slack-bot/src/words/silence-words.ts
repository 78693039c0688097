// Why something is not told or done about a contract. Names come in as they are, and go out quoted.

import { quoteLimits } from "../blocks/limits.ts";
import { quote } from "../blocks/text.ts";
import { crmTitle } from "../deals/read-deal-name.ts";
import { recordWords } from "./deal-words.ts";
import { sentence } from "./name-words.ts";

const subscribe = "To change that: /contract subscribe";

export const silenceWords = {
  mutedHere: "It is muted in this channel",
  snoozedHere: "It is snoozed in this channel",
  mutedForYou: "You have muted it",
  snoozedForYou: "You have snoozed it",
  nothingSubscribed: `This channel is subscribed to nothing. ${subscribe}`,
  stopped: (message: string) =>
    `Nothing can be posted in this channel: ${quote(message, quoteLimits.partyReason)}`,
  /** `rule`: what the channel's one subscription says. */
  notWanted: (rule: string | null) =>
    rule === null
      ? `No subscription of this channel wants it. ${subscribe}`
      : `This channel does not want it. Its subscription: ${sentence(rule)} ${subscribe}`,
  noEvent: "Nothing has happened to it yet that this channel wants to hear of",
  tooOld: "What happened to it came before this channel subscribed",
  digest: "This channel hears of it in its digest",
  loud: "Too much is going on in this channel: what is new is summed up until it calms",
  untied: (crm: string, recordId: string) =>
    `A person unlinked it from ${recordWords(crm)} ${quote(recordId, quoteLimits.id)}`,
  noLink: (crm: string, field: string) =>
    `It is linked to nothing in ${crmTitle(crm)}: its custom field “${quote(field, quoteLimits.crm)}” names no deal. To link it: /contract link`,
  behind: (destination: string) =>
    `${destinationTitle(destination)} is still to be brought to how it is now`,
  gaveUp: (destination: string) =>
    `${destinationTitle(destination)} could not be brought to how it is now, and that is not tried again before it changes. An admin can have it tried: countersign deadletters redrive`,
  tooOldFor: (destination: string) =>
    `${destinationTitle(destination)} came long after it had changed last, and was not told`,
};

function destinationTitle(destination: string): string {
  return destination === "slack" ? "Slack" : quote(crmTitle(destination), quoteLimits.crm);
}
