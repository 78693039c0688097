import { digestOf } from "../../digest.ts";
import type { Happening, Identity } from "../facts.ts";

const once = () => "";
const byDelivery = (happening: Happening) => happening.mark ?? "";

/**
 * When two reports speak of one happening. A milestone happens once per contract, and per recipient, so its
 * type is enough and its earliest reported time stands: it may come in its own event and in later lists.
 * What can happen again is known by `webhook-id`, which is the same in every retry, or by the event's time
 * where that header is missing. The body's words are part of it where one id is used for two bodies.
 */
export const identity: Identity = {
  "contract.created": once,
  "contract.sent": once,
  "contract.viewed": once,
  "contract.completed": once,
  "contract.declined": once,
  "contract.voided": once,
  "contract.expired": once,
  "contract.corrected": byDelivery,
  "contract.noted": ({ description, note, mark = "" }) =>
    description ? `${digestOf(description)}@${mark}` : `${note}@${mark}`,
  "recipient.sent": once,
  "recipient.viewed": once,
  "recipient.signed": once,
  "recipient.declined": once,
  "recipient.reassigned": byDelivery,
  "recipient.bounced": byDelivery,
  "recipient.auth_failed": byDelivery,
};
