import { digestOf } from "../../digest.ts";
import type { Happening, Identity } from "../facts.ts";

const once = () => "";
const byTime = (happening: Happening) => happening.mark ?? "";

/**
 * When two reports speak of one happening. Callbacks have no id, and one event may come twice: to the
 * account's address and to the app's. So for whom it was reported is no part of this. A milestone happens
 * once per request or signature; anything else is known by the event's second and its signature.
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
  "recipient.reassigned": once,
  "recipient.bounced": byTime,
  "recipient.auth_failed": byTime,
};
