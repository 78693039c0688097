import type { ContractDescription, RecipientDescription } from "../../contract-event.ts";
import { limits } from "../../limits.ts";
import { latest, type Happening } from "../facts.ts";
import { known } from "../lenient.ts";
import type { Message, SignatureRequest } from "./signature-request.ts";

/** What a body says the request is. An answer of the REST API is known by the latest time that it shows. */
export function description({ request, event }: Message, reportedAt: string): Happening {
  return {
    type: "contract.noted",
    at: reportedAt,
    mark: event?.at ?? latest(timesIn(request)) ?? "",
    note: "described",
    description: describe(request),
  };
}

/** The times of what is known to have happened. */
export function timesIn({ createdAt, signers = [] }: SignatureRequest): (string | undefined)[] {
  return [createdAt, ...signers.flatMap((one) => [one.signedAt, one.viewedAt])];
}

function describe(request: SignatureRequest): ContractDescription {
  const { senderEmail, signers } = request;
  return known({
    title: request.title,
    sender: senderEmail === undefined ? undefined : { email: senderEmail },
    fields: request.fields,
    url: request.url,
    expiresAt: request.expiresAt,
    recipients: signers && recipientsOf(request),
    recipientsAreComplete: signers && signers.length < limits.recipients,
  });
}

function recipientsOf({ signers = [], copies }: SignatureRequest): RecipientDescription[] {
  const parties = signers.map(({ key, name, email, role = "signer", order }) =>
    known({ key, name, email, role, order }),
  );
  const copied = copies.map((email) => ({ key: email.toLowerCase(), email, role: "cc" }));
  const all = new Map([...copied, ...parties].map((one) => [one.key, one]));
  return [...parties, ...[...all.values()].filter((one) => !parties.includes(one))].slice(
    0,
    limits.recipients,
  );
}
