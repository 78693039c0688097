import {
  fold,
  toEvent,
  type Contract,
  type ContractEvent,
  type ReportedFact,
} from "@countersign/core";
import { aFact } from "@countersign/store/testing";

const about = { id: "docusign/c1", source: "docusign", externalId: "c1" };

/** Facts as the events of one contract, first seen when they happened. */
export function eventsOf(...facts: ReportedFact[]): ContractEvent[] {
  return facts.map((fact) =>
    toEvent(fact, { contractId: about.id, observedAt: fact.occurredAt, via: "webhook" }),
  );
}

export function contractOf(events: ContractEvent[]): Contract {
  return fold(about, events);
}

/** `hh:mm` of the day on which all test contracts live. */
export function at(time: string): string {
  return `2026-05-04T${time}:00.000Z`;
}

/** A description with two signers, Ann before Bob, and Cleo who gets a copy. */
export function described(more: Partial<ReportedFact["description"] & object> = {}): ReportedFact {
  const recipients = [
    { key: "1", name: "Ann Lee", email: "ann@example.com", role: "signer", order: 1 },
    { key: "2", name: "Bob Roy", email: "bob@example.com", role: "signer", order: 2 },
    { key: "3", name: "Cleo Fox", email: "cleo@example.com", role: "cc", order: 3 },
  ];
  return aFact("contract.noted", {
    occurredAt: at("09:00"),
    note: "described",
    description: { title: "Mill lease", recipients, ...more },
  });
}

/** What happens to a contract that both sign. */
export const signing = {
  sent: aFact("contract.sent", { occurredAt: at("09:00") }),
  annViews: aFact("recipient.viewed", { recipient: "1", occurredAt: at("09:05") }),
  annSigns: aFact("recipient.signed", { recipient: "1", occurredAt: at("09:10") }),
  bobSigns: aFact("recipient.signed", { recipient: "2", occurredAt: at("09:20") }),
  completed: aFact("contract.completed", { occurredAt: at("09:21") }),
};
