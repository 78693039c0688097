import { hubspot } from "./hubspot/index.ts";
import { salesforce } from "./salesforce/index.ts";

/** Every CRM that Countersign knows. A new one is a folder beside these and a line here. */
export const crmKinds = [hubspot, salesforce] as const;
