import { digestOf } from "../../digest.ts";
import type { Happening, Identity } from "../facts.ts";

const once = () => "";
const byTime = (happening: Happening) => happening.mark ?? "";

/**
 * When two reports speak of one happening. `webhookNotificationId` is no part of it: several webhooks tell
 * of one event under different ids, and Adobe's own examples repeat an id for different bodies. A milestone
 * happens once per agreement or person; anything else is known by Adobe's time of it, a whole second.
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
