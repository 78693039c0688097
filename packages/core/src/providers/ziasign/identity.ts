import { digestOf } from "../../digest.ts";
import type { Happening, Identity } from "../facts.ts";

const once = () => "";
const byMark = (happening: Happening) => happening.mark ?? "";

/**
 * When two reports speak of one happening. A milestone happens once per document, and per signer, so its
 * kind is enough and its earliest reported time stands. Anything else is known by ZiaSign's id of the
 * delivery where it sends one, else by signer and event time.
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
