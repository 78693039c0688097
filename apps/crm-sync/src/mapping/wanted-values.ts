import { signs, type Contract, type Recipient } from "@countersign/core";
import type { FieldValue, FieldWrite } from "./mapping.ts";

/**
 * What a line of countersign.yaml would write for the contract; null where the contract does not say it, for
 * a field is never emptied.
 */
export function wantedValue(
  contract: Contract,
  { from, as, values }: FieldWrite,
  provider: string | null,
): FieldValue | null {
  const found = valueOf(contract, from, as, provider);
  if (typeof found !== "string") return found;
  const text = found.trim();
  return text === "" ? null : (values[text] ?? text);
}

function valueOf(
  contract: Contract,
  from: FieldWrite["from"],
  as: FieldWrite["as"],
  provider: string | null,
): FieldValue | null {
  switch (from.kind) {
    case "constant":
      return from.value;
    case "custom":
      return contract.fields[from.name] ?? null;
    case "value":
      switch (from.name) {
        case "status":
        case "title":
        case "url":
        case "source":
        case "reason":
          return contract[from.name];
        case "createdAt":
        case "sentAt":
        case "viewedAt":
        case "completedAt":
        case "endedAt":
        case "expiresAt":
        case "lastEventAt":
          return timeOf(contract[from.name], as);
        case "amount":
          return contract.amount?.value ?? null;
        case "currency":
          return contract.amount?.currency ?? null;
        case "provider":
          return provider;
        case "contractId":
          return contract.externalId;
        case "countersignId":
          return contract.id;
        case "senderName":
          return contract.sender?.name ?? null;
        case "senderEmail":
          return contract.sender?.email ?? null;
        case "signerNames":
          return listOf(signersOf(contract).map(({ name, email }) => name ?? email));
        case "signerEmails":
          return listOf(signersOf(contract).map(({ email }) => email));
      }
  }
}

/** Who signs or has signed, by the rule that Slack's cards count them by. */
export function signersOf({ recipients }: Pick<Contract, "recipients">): Recipient[] {
  return recipients.filter(signs);
}

function listOf(texts: (string | null)[]): string {
  return [...new Set(texts.filter((text) => text !== null))].join(", ");
}

/** Both CRMs take a day as yyyy-mm-dd, and a moment as ISO 8601 with its zone. */
function timeOf(instant: string | null, as: FieldWrite["as"]): string | null {
  if (instant === null) return null;
  const iso = new Date(instant).toISOString();
  return as === "date" ? iso.slice(0, 10) : iso;
}
