import { limits } from "../../limits.ts";
import { jsonObjectIn, whyUnread } from "../json-text.ts";
import { textIn } from "../lenient.ts";
import {
  formBody,
  message,
  submissionBody,
  type FormBody,
  type PartyBody,
  type SubmissionBody,
} from "./schema.ts";

/** What a body shows of a submission. Instants are ISO 8601 UTC; words are lower case. */
export type Submission = {
  id: string;
  status: string | undefined;
  createdAt: string | undefined;
  parties: Party[];
  /** The submission as a whole; undefined where the body is one party's. */
  whole: SubmissionBody | undefined;
  templateName: string | undefined;
};

export type Party = PartyBody & { id: string };

/** What DocuSeal tells us: an event, and when it was. The time stays the same in retries. */
export type Message = { event: string; at: string | undefined; submission: Submission };

/** The message in a delivery; "other" where it is about no submission; else why it cannot be read. */
export function readMessage(body: Uint8Array): Message | "other" | { unreadable: string } {
  const text = textIn(body);
  const { success, data: read } = message.safeParse(jsonObjectIn(text));
  if (!success) return { unreadable: whyUnread(text) };
  if (read.event_type === undefined) return { unreadable: "no-event" };
  if (read.event_type.startsWith("template.")) return "other";
  const submission = read.event_type.startsWith("submission.")
    ? readSubmission(read.data)
    : readForm(read.data);
  if (submission === null) return { unreadable: "no-submission-id" };
  return { event: read.event_type, at: read.timestamp, submission };
}

/** The submission in `data` of `submission.*` or in an answer of the API, or null where there is none. */
export function readSubmission(value: unknown): Submission | null {
  const { success, data: read } = submissionBody.safeParse(value);
  if (!success || !isId(read.id)) return null;
  return {
    id: read.id,
    status: read.status,
    createdAt: read.created_at,
    parties: distinct((read.submitters ?? []).flatMap((one) => partyOf(one) ?? [])),
    whole: read,
    templateName: read.template?.name,
  };
}

function readForm(value: unknown): Submission | null {
  const { success, data: read } = formBody.safeParse(value);
  const id = success ? (read.submission_id ?? read.submission?.id) : undefined;
  if (!success || !isId(id)) return null;
  return {
    id,
    status: read.submission?.status,
    createdAt: read.submission?.created_at,
    parties: [partyOf(read) ?? []].flat(),
    whole: undefined,
    templateName: read.template?.name,
  };
}

function isId(id: string | undefined): id is string {
  return id !== undefined && id.length <= limits.externalId;
}

function partyOf(read: PartyBody | FormBody | null): Party | null {
  return read !== null && isId(read.id) ? { ...read, id: read.id } : null;
}

function distinct(parties: Party[]): Party[] {
  return [...new Map(parties.map((one) => [one.id, one])).values()].slice(0, limits.recipients);
}
