import type { Contract, ContractEvent } from "@countersign/core";
import type { Effect, KeptDelivery, Link } from "@countersign/store";

export type WholeContract = Contract & {
  version: number;
  changedAt: Date;
  deliveries: KeptDelivery[];
  events: ContractEvent[];
  links: readonly Link[];
  effects: Effect[];
};

/** A contract for a person to read. */
export function printContract(whole: WholeContract): string {
  return [
    `${whole.title ?? "Untitled"}  (${whole.id})`,
    `Status      ${whole.status}${whole.reason === null ? "" : `: ${whole.reason}`}`,
    ...(whole.unconfirmed === null ? [] : [`Unconfirmed ${whole.unconfirmed}`]),
    ...section("Recipients", whole.recipients.map(recipientLine)),
    ...section("Deliveries", whole.deliveries.map(deliveryLine)),
    ...section("Events", whole.events.map(eventLine)),
    ...section("Links", whole.links.map(linkLine)),
    ...section("Effects", whole.effects.map(effectLine)),
  ].join("\n");
}

function section(title: string, lines: string[]): string[] {
  return lines.length === 0 ? [] : ["", title, ...lines.map((line) => `  ${line}`)];
}

function recipientLine(recipient: Contract["recipients"][number]): string {
  const who = [recipient.name, recipient.email && `<${recipient.email}>`].filter(Boolean).join(" ");
  return `${recipient.status.padEnd(10)} ${who || `recipient ${recipient.key}`}`;
}

function deliveryLine(delivery: KeptDelivery): string {
  const proof = delivery.bodyProof === "none" ? "unauthenticated body" : "signed";
  return [delivery.id, delivery.receivedAt, delivery.via, proof, delivery.digest.slice(0, 16)].join(
    "  ",
  );
}

function eventLine(event: ContractEvent): string {
  const claimed = event.claimed ? "claimed" : null;
  const about = [
    claimed,
    event.recipient && `recipient ${event.recipient}`,
    event.note,
    event.reason,
  ];
  return [event.occurredAt, event.type.padEnd(20), event.via, ...about.filter(Boolean)].join("  ");
}

function linkLine(link: Link): string {
  return `${link.destination.padEnd(10)} ${link.recordId}  (${link.foundBy}: ${link.detail})`;
}

function effectLine(effect: Effect): string {
  const why = effect.code === null ? "" : `  ${effect.code}: ${effect.message ?? ""}`;
  return `${effect.destination.padEnd(10)} ${effect.status.padEnd(8)} ${effect.kind}  ${effect.target}${why}`;
}
