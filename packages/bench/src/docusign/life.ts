import { sampleDeliveries, type Step, type Walk } from "@countersign/core/testing";
import { dealIdsOf, externalIdOf, numberMark } from "./contract-number.ts";

/** The source that the bench's deliveries come from, and the key that signs them. */
export const source = "docusign";
export const secret = "bench-docusign";

/** What the connection of the bench subscribes to: five messages in a contract's life. */
const subscribed = new Set([
  "envelope-sent",
  "envelope-delivered",
  "recipient-completed",
  "envelope-completed",
]);

export const deliveriesPerLife = 5;

/** A captured message of a small envelope has this many bytes (shared/payloads, docusign). */
const bodyBytes = 3_900;

const subjects = [
  ["Supply agreement", "Ann Buyer", "Bo Seller"],
  ["Mill lease", "Cleo Fox", "Dov Lindqvist"],
  ["Framework contract for turbines", "Esra Aydın", "Farid Noor"],
  ["Mutual non-disclosure agreement", "Gro Holm", "Hans Peter Lange"],
  ["Licence for the harbour crane", "Ines Duarte", "Jo Park"],
  ["Statement of work", "Kemal Ince", "Lea Brandt"],
] as const;

/** Lives of contracts that differ in title and people, with `numberMark` where a contract's number goes. */
export function createLives(startedAt: Date): Uint8Array[][] {
  return subjects.map((_subject, index) => createLife(index, startedAt));
}

function createLife(subject: number, startedAt: Date): Uint8Array[] {
  const steps = signing(startedAt);
  return steps.flatMap((_step, index) =>
    sampleDeliveries(source, secret, walkOf(subject), steps.slice(0, index + 1))
      .map(({ body }) => JSON.parse(Buffer.from(body).toString()))
      .filter((message: Message) => subscribed.has(message.event))
      .map(asSent),
  );
}

function walkOf(subject: number): Walk {
  const [title, buyer, seller] = subjects[subject % subjects.length] ?? subjects[0];
  const deals = dealIdsOf(numberMark);
  return {
    externalId: externalIdOf(numberMark),
    title: `${title} ${numberMark}`,
    sender: { name: "Sal Sender", email: "sal.sender@example.com" },
    fields: { hubspot_deal_id: deals.hubspot, salesforce_opportunity_id: deals.salesforce },
    recipients: [buyer, seller].map((name, index) => ({
      key: String(index + 1),
      name,
      email: `signer${index + 1}.${numberMark}@example.com`,
      order: index + 1,
    })),
  };
}

function signing(startedAt: Date): Step[] {
  const at = (second: number) => new Date(startedAt.getTime() + second * 1_000);
  return [
    { kind: "sent", at: at(0) },
    { kind: "viewed", recipientKey: "1", at: at(1) },
    { kind: "signed", recipientKey: "1", at: at(2) },
    { kind: "viewed", recipientKey: "2", at: at(3) },
    { kind: "signed", recipientKey: "2", at: at(4) },
    { kind: "completed", at: at(5) },
  ];
}

type Message = { event: string; data: { envelopeSummary: Record<string, unknown> } };

/** Fills the message up with what a live one carries and we do not read, to the size of a live one. */
function asSent(message: Message): Uint8Array {
  const documents: object[] = [];
  Object.assign(message.data.envelopeSummary, {
    documentsUri: `/envelopes/${externalIdOf(numberMark)}/documents`,
    recipientsUri: `/envelopes/${externalIdOf(numberMark)}/recipients`,
    attachmentsUri: `/envelopes/${externalIdOf(numberMark)}/attachments`,
    envelopeLocation: "current_site",
    envelopeDocuments: documents,
  });
  while (JSON.stringify(message).length < bodyBytes) documents.push(aDocument(documents.length));
  return Buffer.from(JSON.stringify(message));
}

function aDocument(index: number) {
  return {
    documentId: String(index + 1),
    documentIdGuid: "27c9b1a5-37d9-4ec2-8a9a-6e5f0c1a5299",
    name: `Schedule ${index + 1}.pdf`,
    type: "content",
    order: String(index + 1),
    display: "inline",
    includeInDownload: "true",
    signerMustAcknowledge: "no_interaction",
  };
}
