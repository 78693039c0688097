import { digestOf } from "../../digest.ts";
import type { Happening, Identity } from "../facts.ts";

const once = () => "";
const byMark = (happening: Happening) => happening.mark ?? "";

/**
 * When two reports speak of one happening. Documenso gives deliveries no id and dates each attempt anew, so
 * a milestone is known by its kind alone, and its earliest reported time stands. What else it tells is known
 * by what the document and its recipients showed then: two reminders in between count as one.
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
