import type { ContractDescription, RecipientDescription } from "../../contract-event.ts";
import { limits } from "../../limits.ts";
import { fieldsInExternalId } from "../external-id.ts";
import type { Happening } from "../facts.ts";
import { fieldsOf, known } from "../lenient.ts";
import type { Agreement } from "./agreement.ts";
import type { Settings } from "./settings.ts";

/** What a body says the agreement is, as of the latest thing it tells. */
export function description(
  agreement: Agreement,
  latestAt: string | undefined,
  reportedAt: string,
  settings: Settings,
): Happening {
  return {
    type: "contract.noted",
    at: latestAt ?? reportedAt,
    mark: latestAt ?? "",
    note: "described",
    description: describe(agreement, settings),
  };
}

function describe(agreement: Agreement, settings: Settings): ContractDescription {
  const { externalId, participants, senderEmail } = agreement;
  return known({
    title: agreement.title,
    sender: senderEmail === undefined ? undefined : { email: senderEmail },
    fields: externalId === undefined ? undefined : fieldsOf(fieldsInExternalId(externalId)),
    url: settings.agreementUrl?.replaceAll("{id}", encodeURIComponent(agreement.id)),
    expiresAt: agreement.expiresAt,
    recipients: participants && recipientsOf(agreement),
    recipientsAreComplete: participants && participants.length < limits.recipients,
  });
}

function recipientsOf({ participants = [], copies }: Agreement): RecipientDescription[] {
  const parties = participants.map(({ key, name, email, role, order }) =>
    known({ key, name, email, role: role && wordOf(role), order }),
  );
  const keys = new Set(parties.map((one) => one.key));
  const copied = copies.map((email) => ({ key: email.toLowerCase(), email, role: "cc" }));
  const others = new Map(copied.map((one) => [one.key, one]));
  return [...parties, ...[...others.values()].filter((one) => !keys.has(one.key))].slice(
    0,
    limits.recipients,
  );
}

function wordOf(role: string): string {
  return role.toLowerCase().replaceAll("_", " ");
}
