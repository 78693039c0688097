import type { ContractDescription } from "../../contract-event.ts";
import { limits } from "../../limits.ts";
import { latest, type Happening } from "../facts.ts";
import { known } from "../lenient.ts";
import type { Envelope, EnvelopeRecipient } from "./envelope.ts";
import type { Settings } from "./settings.ts";

/**
 * What a body says the envelope is, as of the latest thing it shows to have happened. That time survives
 * retries, which may rewrite `generatedDateTime`.
 */
export function description(envelope: Envelope, reportedAt: string, settings: Settings): Happening {
  const mark = latest(timesIn(envelope)) ?? "";
  return {
    type: "contract.noted",
    at: mark || reportedAt,
    mark,
    note: "described",
    description: describe(envelope, settings),
  };
}

function describe(envelope: Envelope, settings: Settings): ContractDescription {
  const recipients = envelope.recipients && distinct(envelope.recipients);
  return known({
    title: envelope.title,
    sender: envelope.sender && known(envelope.sender),
    fields: envelope.fields,
    url: new URL(`/documents/details/${encodeURIComponent(envelope.id)}`, settings.webAppUrl).href,
    expiresAt: envelope.expiresAt,
    recipients: recipients?.map(describeRecipient),
    recipientsAreComplete: recipients && recipients.length < limits.recipients,
  });
}

function distinct(recipients: EnvelopeRecipient[]): EnvelopeRecipient[] {
  return [...new Map(recipients.map((one) => [one.key, one])).values()];
}

function describeRecipient({ key, alias, name, email, role, order }: EnvelopeRecipient) {
  return known({ key, alias, name, email, role, order });
}

function timesIn(envelope: Envelope): (string | undefined)[] {
  return [
    envelope.createdAt,
    envelope.sentAt,
    envelope.deliveredAt,
    envelope.completedAt,
    envelope.declinedAt,
    envelope.voidedAt,
    envelope.deletedAt,
    envelope.statusChangedAt,
    envelope.modifiedAt,
    ...(envelope.recipients ?? []).flatMap((one) => [
      one.sentAt,
      one.deliveredAt,
      one.signedAt,
      one.declinedAt,
    ]),
  ];
}
