import { z } from "zod";
import { limits } from "../../limits.ts";
import { lenient } from "../lenient.ts";

const id = lenient.text(Infinity);

const record = z.record(z.string(), z.unknown()).optional().catch(undefined);

/**
 * A party ("submitter"). Left out on purpose: `slug`, `embed_src` and `submission_url` open the form or the
 * document without a login, `values` and `documents` are the content and links to it.
 */
const party = {
  id,
  name: lenient.text(limits.name),
  email: lenient.email,
  role: lenient.text(limits.name),
  status: lenient.word,
  decline_reason: lenient.text(limits.reason),
  external_id: lenient.text(limits.fieldValue),
  metadata: record,
  created_at: lenient.instant,
  updated_at: lenient.instant,
  sent_at: lenient.instant,
  opened_at: lenient.instant,
  completed_at: lenient.instant,
  declined_at: lenient.instant,
};

/** An entry of the audit trail, without its `data`, which may hold tokens. */
const entry = {
  id: lenient.text(limits.externalId),
  submitter_id: lenient.text(limits.externalId),
  event_type: lenient.word,
  event_timestamp: lenient.instant,
};

const submission = {
  id,
  name: lenient.text(limits.title),
  status: lenient.word,
  submitters_order: lenient.word,
  created_at: lenient.instant,
  updated_at: lenient.instant,
  completed_at: lenient.instant,
  archived_at: lenient.instant,
  expire_at: lenient.read((value) => (value === null ? null : lenient.instant.parse(value))),
  submitters: lenient.list(party),
  submission_events: lenient.list(entry),
  created_by_user: lenient.object({
    first_name: lenient.text(limits.name),
    last_name: lenient.text(limits.name),
    email: lenient.email,
  }),
  template: lenient.object({ name: lenient.text(limits.title) }),
};

/** `data` of `submission.*` and the API's answer: docusealco/docuseal, lib/submissions/serialize_for_api.rb. */
export const submissionBody = z.object(submission);

/** `data` of `form.*`: one party, with the submission around it. lib/submitters/serialize_for_webhook.rb. */
export const formBody = z.object({
  ...party,
  submission_id: id,
  submission: lenient.object({ id, status: lenient.word, created_at: lenient.instant }),
  template: submission.template,
});

export const message = z.object({
  event_type: lenient.word,
  timestamp: lenient.instant,
  data: z.unknown().optional(),
});

export type PartyBody = z.infer<z.ZodObject<typeof party>>;
export type SubmissionBody = z.infer<typeof submissionBody>;
export type FormBody = z.infer<typeof formBody>;
