import { digestOf } from "../../digest.ts";
import type { Happening, Identity } from "../facts.ts";

const once = () => "";
const byMark = (happening: Happening) => happening.mark ?? "";

/**
 * When two reports speak of one happening. DocuSeal sends no id of a delivery. A retry keeps the event's
 * `timestamp` but shows the submission as it is by then, so what a body shows is dated by its own times, and
 * a milestone is known by its kind and party alone: its earliest reported time stands.
 *
 * What has no time of its own is known by the event and its `timestamp`; what only the audit trail has, by
 * the id of its entry.
 *
 * Archiving is DocuSeal's only way to cancel, and people also archive what has ended. `submission.archived`
 * does not say which, so it reports `contract.voided` at `archived_at`: a completed contract stays completed,
 * since completion wins over every other ending, one that had expired stays expired, since this void gives no
 * reason, and an open one ends, as it does at DocuSeal. One that was declined reads as voided from then on: still
 * ended, later. A source that minds sets `archivedMeans: noted`, and learns of a cancellation by reading the
 * submission back, which shows its state.
 */
export const identity: Identity = {
  "contract.created": once,
  "contract.sent": once,
  "contract.viewed": once,
  "contract.completed": once,
  "contract.declined": once,
  "contract.voided": once,
  "contract.expired": once,
  "contract.corrected": byMark,
  "contract.noted": ({ description, note, mark = "" }) =>
    description ? `${digestOf(description)}@${mark}` : `${note}@${mark}`,
  "recipient.sent": once,
  "recipient.viewed": once,
  "recipient.signed": once,
  "recipient.declined": once,
  "recipient.reassigned": byMark,
  "recipient.bounced": byMark,
  "recipient.auth_failed": byMark,
};
