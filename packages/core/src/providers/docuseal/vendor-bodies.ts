import { progressOf, type RecipientProgress, type Step, type Walk } from "../vendor-side.ts";

type Body = Record<string, unknown>;

/** What opens a form or a file without a login; nothing of it may be read. */
const secret = "OPENS-WITHOUT-LOGIN";

/** DocuSeal's own ids are numbers. */
function idOf(text: string): string | number {
  return /^\d{1,15}$/.test(text) ? Number(text) : text;
}

export function eventBody(eventType: string, at: Date, data: Body): Uint8Array {
  return Buffer.from(JSON.stringify({ event_type: eventType, timestamp: at, data }));
}

/** As `submission.*` and the API have it. */
export function submissionData(walk: Walk, steps: readonly Step[]): Body {
  const { at, recipients } = progressOf(walk, steps);
  const orders = new Set(recipients.map((one) => one.order));
  return {
    ...submissionFrame(walk, steps),
    name: walk.title,
    source: "api",
    submitters_order: orders.size > 1 ? "preserved" : "random",
    slug: secret,
    updated_at: steps.at(-1)?.at,
    completed_at: at.completed ?? null,
    expire_at: at.expired ?? null,
    archived_at: at.voided ?? null,
    submitters: recipients
      .toSorted((a, b) => a.order - b.order)
      .map((one) => partyData(walk, steps, one)),
    template: template(walk, steps),
    created_by_user: {
      id: 1,
      first_name: walk.sender.name.split(" ")[0],
      last_name: walk.sender.name.split(" ").slice(1).join(" "),
      email: walk.sender.email,
    },
    submission_events: trail(steps),
    documents: [],
    variables: {},
  };
}

/** As `form.*` has it: one party with the submission around it. */
export function formData(walk: Walk, steps: readonly Step[], key: string | undefined): Body {
  const party = progressOf(walk, steps).recipients.find((one) => one.key === key);
  return {
    ...(party && partyData(walk, steps, party)),
    submission_id: idOf(walk.externalId),
    ip: "203.0.113.7",
    ua: "Mozilla/5.0",
    submission_url: `https://docuseal.com/e/${secret}`,
    template: template(walk, steps),
    submission: { ...submissionFrame(walk, steps), url: `https://docuseal.com/e/${secret}` },
  };
}

function submissionFrame(walk: Walk, steps: readonly Step[]): Body {
  const { at } = progressOf(walk, steps);
  const isOver = at.completed !== undefined;
  return {
    id: idOf(walk.externalId),
    status: statusOf(steps),
    created_at: at.created ?? at.sent,
    audit_log_url: isOver ? `https://docuseal.com/file/${secret}/Audit%20Log.pdf` : null,
    combined_document_url: null,
  };
}

function statusOf(steps: readonly Step[]): string {
  const kind = steps.at(-1)?.kind ?? "created";
  return ["completed", "declined", "expired"].includes(kind) ? kind : "pending";
}

export function partyData(walk: Walk, steps: readonly Step[], one: RecipientProgress): Body {
  const { at, reason } = progressOf(walk, steps);
  const sent = isJustFollowing(one, steps) ? undefined : one.sent;
  return {
    id: idOf(one.key),
    submission_id: idOf(walk.externalId),
    name: one.name,
    email: one.email,
    phone: null,
    role: `Party ${one.key}`,
    slug: secret,
    status: partyStatus(one, sent),
    created_at: at.created ?? at.sent,
    updated_at: one.declined ?? one.signed ?? one.viewed ?? sent ?? at.created ?? at.sent,
    sent_at: sent ?? null,
    opened_at: one.viewed ?? null,
    completed_at: one.signed ?? null,
    declined_at: one.declined ?? null,
    decline_reason: one.declined ? (reason ?? null) : null,
    external_id: null,
    metadata: one.fields ?? walk.fields,
    preferences: { send_email: true },
    values: [{ field: "Signature", value: `https://docuseal.com/file/${secret}/signature.png` }],
    documents: [],
  };
}

/** Whoever comes next still shows `awaiting` at the signature before: docusealco/docuseal, issue 443. */
function isJustFollowing(party: RecipientProgress, steps: readonly Step[]): boolean {
  const last = steps.at(-1);
  return last?.kind === "signed" && party.sent?.getTime() === last.at.getTime();
}

function partyStatus(one: RecipientProgress, sent: Date | undefined): string {
  if (one.declined) return "declined";
  if (one.signed) return "completed";
  if (one.viewed) return "opened";
  return sent ? "sent" : "awaiting";
}

function template(walk: Walk, steps: readonly Step[]): Body {
  const at = steps[0]?.at;
  return { id: 7, name: walk.title, external_id: null, created_at: at, updated_at: at };
}

const entries = new Map<Step["kind"], string>([
  ["sent", "send_email"],
  ["viewed", "view_form"],
  ["signed", "complete_form"],
  ["declined", "decline_form"],
]);

function trail(steps: readonly Step[]): Body[] {
  return steps.flatMap((step, index) => {
    const type = entries.get(step.kind);
    if (type === undefined) return [];
    return {
      id: index + 1,
      submitter_id: step.recipientKey === undefined ? null : idOf(step.recipientKey),
      event_type: type,
      event_timestamp: step.at,
      data: { ip: "203.0.113.7" },
    };
  });
}
