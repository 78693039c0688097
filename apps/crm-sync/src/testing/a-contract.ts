import type { Contract, ContractEvent, EventType, Recipient } from "@countersign/core";

/** A sent contract, with everything else that a test does not care about. */
export function aContractState(more: Partial<Contract> = {}): Contract {
  return {
    id: "docusign/c1",
    source: "docusign",
    externalId: "c1",
    status: "sent",
    unconfirmed: null,
    title: null,
    sender: null,
    fields: {},
    amount: null,
    url: null,
    expiresAt: null,
    recipients: [],
    createdAt: null,
    sentAt: "2026-05-04T09:00:00.000Z",
    viewedAt: null,
    completedAt: null,
    endedAt: null,
    reason: null,
    lastEventAt: "2026-05-04T09:00:00.000Z",
    ...more,
  };
}

export function aRecipient(email: string, more: Partial<Recipient> = {}): Recipient {
  return {
    key: email,
    name: null,
    email,
    role: "signer",
    order: null,
    status: "sent",
    sentAt: null,
    viewedAt: null,
    signedAt: null,
    declinedAt: null,
    reason: null,
    ...more,
  };
}

export function anEvent(type: EventType, occurredAt: string, more: Partial<ContractEvent> = {}) {
  const event: ContractEvent = {
    id: `evt_${type}`,
    contractId: "docusign/c1",
    type,
    recipient: null,
    occurrence: "",
    occurredAt,
    observedAt: occurredAt,
    via: "webhook",
    claimed: false,
    reason: null,
    note: null,
    description: null,
    ...more,
  };
  return event;
}
