import {
  progressOf,
  type Progress,
  type RecipientProgress,
  type Step,
  type Walk,
} from "../vendor-side.ts";

const member = {
  id: "FA5QAu8UGA3oVDQZuPL7rr",
  membership_id: "RyMNXBjBPRppw56TfYBrrr",
  avatar: null,
};

/** A document as webhooks have it after some steps. Times have microseconds, as PandaDoc writes them. */
export function documentOf(walk: Walk, steps: readonly Step[]) {
  const progress = progressOf(walk, steps);
  const { at } = progress;
  return {
    id: walk.externalId,
    name: walk.title,
    date_created: timeText(at.created ?? at.sent),
    date_modified: timeText(steps.at(-1)?.at),
    date_completed: timeText(at.completed),
    expiration_date: null,
    autonumbering_sequence_name: null,
    created_by: { ...member, ...personOf(walk.sender) },
    sent_by: at.sent ? { ...member, ...personOf(walk.sender) } : null,
    metadata: walk.fields,
    tags: [],
    status: `document.${statusOf(progress)}`,
    recipients: progress.recipients.map(recipientOf),
    grand_total: {
      amount: (walk.amount?.value ?? 0).toFixed(2),
      currency: walk.amount?.currency ?? "EUR",
    },
    template: { id: "7Xfnrk7dTaWJ78wNUrg3rr", name: "Sample Template" },
    version: "2",
    linked_objects: linksOf(walk),
  };
}

/** The CRMs' records that PandaDoc can be tied to: developers.pandadoc.com/reference/document-link-to-crm. */
export const linkable = new Map([
  ["hubspot_deal_id", { provider: "hubspot", entity_type: "deal" }],
  ["salesforce_opportunity_id", { provider: "salesforce-oauth2", entity_type: "opportunity" }],
]);

export function linksOf({ records = {} }: Walk) {
  return Object.entries(records).map(([name, id]) => ({
    id: `link-${name}`,
    ...linkable.get(name),
    entity_id: id,
  }));
}

/** The same over the API, which has the times of sending and of each signature besides. */
export function detailsOf(walk: Walk, steps: readonly Step[]) {
  const { at, recipients } = progressOf(walk, steps);
  const document = documentOf(walk, steps);
  return {
    ...document,
    date_sent: timeText(at.sent),
    recipients: recipients.map((one) => ({
      ...recipientOf(one),
      signature_date: timeText(one.signed),
    })),
  };
}

export function recipientOf(one: RecipientProgress) {
  return {
    type: "recipient",
    id: one.key,
    ...personOf(one),
    phone: "",
    recipient_type: "signer",
    has_completed: one.signed !== undefined,
    role: "Client",
    roles: ["Client"],
    signing_order: one.order,
    contact_id: `contact-${one.key}`,
    shared_link: `https://app.pandadoc.com/document/signing-link-of-${one.key}`,
  };
}

export function timeText(time: Date | undefined): string | null {
  return time?.toISOString().replace("Z", "000Z") ?? null;
}

function personOf({ name, email }: { name: string; email: string }) {
  const [first = "", ...rest] = name.split(" ");
  return { email, first_name: first, last_name: rest.join(" ") };
}

function statusOf({ at, recipients }: Progress): string {
  if (at.completed) return "completed";
  if (at.declined) return "declined";
  if (at.voided) return "cancelled";
  if (at.expired) return "voided";
  if (recipients.some((one) => one.viewed ?? one.signed)) return "viewed";
  return at.sent ? "sent" : "draft";
}
