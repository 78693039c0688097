import { digestOf, fold, toEvent, type ContractEvent, type ReportedFact } from "@countersign/core";
import { aFact } from "@countersign/store/testing";
import type { ContractFacts } from "../../contracts/facts.ts";

/** When the pictures are taken: a Tuesday noon in New York. */
export const now = new Date("2026-05-12T16:00:00.000Z");

/** A day of May 2026 and a time in New York. */
export function on(day: number, time: string): string {
  return new Date(`2026-05-${String(day).padStart(2, "0")}T${time}:00-04:00`).toISOString();
}

const dana = { name: "Dana Reyes", email: "dana.reyes@northgate.example" };

const deal = {
  crm: "hubspot",
  recordId: "1001",
  name: "Harborlight: annual licence",
  amount: 48_000,
  currency: "USD",
  stage: "Contract sent",
  pipeline: "Sales",
  account: "Harborlight Analytics",
  ownerEmail: dana.email,
  url: "https://app.hubspot.com/contacts/44/record/0-3/1001",
};

/** A contract in a picture, with what happened to it. */
export type Scene = { facts: ContractFacts; events: ContractEvent[] };

/** A contract of Dana's with two signers, Priya before Tom. */
export function aScene(
  title: string,
  happened: readonly ReportedFact[],
  more: { expiresAt?: string; hasDeal?: boolean } = {},
): Scene {
  const id = digestOf(title).replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
  const about = { id: `docusign/${id}`, source: "docusign", externalId: id };
  const described = aFact("contract.noted", {
    occurredAt: on(1, "08:00"),
    note: "described",
    description: {
      title,
      sender: dana,
      recipients: [
        { key: "1", name: "Priya Natarajan", email: "priya@harborlight.example", order: 1 },
        { key: "2", name: "Tom Becker", email: "tom@harborlight.example", order: 2 },
      ],
      amount: { value: 48_000, currency: "USD" },
      url: `https://app.docusign.com/documents/details/${id}`,
      ...(more.expiresAt === undefined ? {} : { expiresAt: more.expiresAt }),
    },
  });
  const events = [described, ...happened].map((fact) =>
    toEvent(fact, { contractId: about.id, observedAt: fact.occurredAt, via: "webhook" }),
  );
  const facts = {
    contract: fold(about, events),
    provider: { id: "docusign", title: "DocuSign" },
    owner: { userId: null, email: dana.email },
    deals: more.hasDeal === false ? [] : [deal],
  };
  return { facts, events };
}

type Telling = Partial<Pick<ReportedFact, "recipient" | "reason">>;

/** Something that happened on that day. */
export function happened(
  type: ReportedFact["type"],
  day: number,
  time: string,
  more: Telling = {},
): ReportedFact {
  return aFact(type, { occurredAt: on(day, time), ...more });
}
