import type { Normalized, ReportedFact } from "@countersign/core";
import { record, type Delivery, type Store } from "@countersign/store";
import { dealIdsOf, digitsOf, externalIdOf } from "../docusign/contract-number.ts";
import { source } from "../docusign/life.ts";

/** Deliveries that are recorded at the same time. */
const atOnce = 400;

/** How long ago the first thing of the backlog happened, in seconds: long enough to be old news for Slack. */
const ageSeconds = 3_600;

const happenings = [
  ["contract.noted", null],
  ["contract.created", null],
  ["contract.sent", null],
  ["recipient.sent", "1"],
  ["recipient.viewed", "1"],
  ["recipient.signed", "1"],
  ["recipient.sent", "2"],
  ["recipient.viewed", "2"],
  ["recipient.signed", "2"],
  ["contract.completed", null],
] as const;

export const changesPerContract = happenings.length;

/** Records every change of so many contracts, each in a delivery of its own, nobody being there to follow. */
export async function recordBacklog(store: Store, contracts: number, now: Date): Promise<void> {
  const all = changesOf(contracts, now);
  const worker = async () => {
    for (const { delivery, normalized } of all) await record(store, delivery, normalized);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
}

type Change = { delivery: Delivery; normalized: Normalized };

function* changesOf(contracts: number, now: Date): Generator<Change> {
  for (const [step] of happenings.entries()) {
    for (let contract = 0; contract < contracts; contract += 1) yield changeOf(contract, step, now);
  }
}

function changeOf(contract: number, step: number, now: Date): Change {
  const digits = digitsOf(contract);
  const occurredAt = new Date(now.getTime() - (ageSeconds - step) * 1_000).toISOString();
  const report = { externalId: externalIdOf(digits), facts: [factOf(digits, step, occurredAt)] };
  return {
    normalized: { understood: true, reports: [report] },
    delivery: {
      source,
      provider: source,
      request: {
        method: "POST",
        headers: { "content-type": "application/json" },
        query: {},
        body: Buffer.from(JSON.stringify({ digits, step })),
      },
      secretIndex: 0,
      bodyProof: "signature",
      claimsEndings: false,
      receivedAt: now,
      via: "webhook",
    },
  };
}

function factOf(digits: string, step: number, occurredAt: string): ReportedFact {
  const [type, recipient] = happenings[step] ?? happenings[0];
  const isNote = type === "contract.noted";
  return {
    type,
    recipient,
    occurredAt,
    occurrence: "",
    reason: null,
    note: isNote ? "described" : null,
    description: isNote ? descriptionOf(digits) : null,
  };
}

function descriptionOf(digits: string): NonNullable<ReportedFact["description"]> {
  const deals = dealIdsOf(digits);
  return {
    title: `Supply agreement ${digits}`,
    sender: { name: "Sal Sender", email: "sal.sender@example.com" },
    fields: { hubspot_deal_id: deals.hubspot, salesforce_opportunity_id: deals.salesforce },
    recipients: [
      { key: "1", name: "Ann Buyer", email: `ann.${digits}@example.com`, order: 1 },
      { key: "2", name: "Bo Seller", email: `bo.${digits}@example.com`, order: 2 },
    ],
    recipientsAreComplete: true,
  };
}
