import type { EventType } from "../../contract-event.ts";
import { clip, limits } from "../../limits.ts";
import type { Happening } from "../facts.ts";
import type { Settings } from "./settings.ts";
import type { Message } from "./submission.ts";

/** docusealco/docuseal, app/models/webhook_url.rb. There is no `submission.declined`. */
const ofSubmission = new Map<string, EventType>([
  ["submission.created", "contract.created"],
  ["submission.completed", "contract.completed"],
  ["submission.expired", "contract.expired"],
  ["form.declined", "contract.declined"],
]);

const ofParty = new Map<string, EventType>([
  ["form.viewed", "recipient.viewed"],
  ["form.completed", "recipient.signed"],
  ["form.declined", "recipient.declined"],
]);

/** What the event says happened, for bodies that do not show it with a time of its own; else a note of it. */
export function trigger(message: Message, reportedAt: string, settings: Settings): Happening[] {
  const { event, submission } = message;
  const [party] = event.startsWith("form.") ? submission.parties : [];
  const reason = party?.decline_reason;
  const types = [ofSubmission.get(event), party && ofParty.get(event)].filter(
    (type) => type !== undefined,
  );
  if (event === "submission.archived") return [archiving(message, reportedAt, settings)];
  if (types.length === 0) return [note(message, party?.id ?? null, reportedAt)];
  return types.map((type) => ({
    type,
    recipient: type.startsWith("recipient.") ? (party?.id ?? null) : null,
    at: reportedAt,
    reason,
  }));
}

function archiving(message: Message, reportedAt: string, settings: Settings): Happening {
  const { status, whole } = message.submission;
  const at = whole?.archived_at ?? reportedAt;
  const isShown = status !== undefined;
  if (isShown || settings.archivedMeans === "noted") return note(message, null, at);
  return { type: "contract.voided", at };
}

function note({ event, at = "" }: Message, recipient: string | null, noted: string): Happening {
  return {
    type: "contract.noted",
    recipient,
    at: noted,
    mark: at,
    note: clip(event, limits.note),
  };
}
