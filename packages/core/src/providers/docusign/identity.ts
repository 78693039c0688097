import { digestOf } from "../../digest.ts";
import type { Happening, Identity } from "../facts.ts";

const once = () => "";
const byTime = (happening: Happening) => happening.mark ?? "";

/**
 * When two reports speak of one happening. DocuSign gives deliveries no id, rewrites `retryCount` and sends
 * the same milestone in the event, in later summaries and in XML, so a milestone is known by its kind alone
 * and its earliest reported time stands. What can happen again is known by `generatedDateTime`.
 *
 * An expiry comes as `envelope-voided`. A body without a summary cannot tell it from a void and reports
 * `contract.voided` without a reason; a body with the reason reports `contract.expired` instead. If both reach
 * us, in either order, the fold takes the expiry.
 */
export const identity: Identity = {
  "contract.created": once,
  "contract.sent": once,
  "contract.viewed": once,
  "contract.completed": once,
  "contract.declined": once,
  "contract.voided": once,
  "contract.expired": once,
  "contract.corrected": byTime,
  "contract.noted": ({ description, note, mark = "" }) =>
    description ? `${digestOf(description)}@${mark}` : `${note}@${mark}`,
  "recipient.sent": once,
  "recipient.viewed": once,
  "recipient.signed": once,
  "recipient.declined": once,
  "recipient.reassigned": byTime,
  "recipient.bounced": byTime,
  "recipient.auth_failed": byTime,
};
