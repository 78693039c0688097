import { digestOf } from "../../digest.ts";
import type { Happening, Identity } from "../facts.ts";

const once = () => "";
const byMark = (happening: Happening) => happening.mark ?? "";

/**
 * When two reports speak of one happening. `X-PandaDoc-Webhook-Event-Id` names a delivery, and one change
 * comes in several of them, so a milestone is known by its kind alone and its earliest reported time stands.
 * What can happen again is known by the document's `date_modified`.
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
