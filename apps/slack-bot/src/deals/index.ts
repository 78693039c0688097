import type { DealNames } from "./deal-names.ts";
import { hubspotDeals } from "./hubspot/index.ts";
import { salesforceDeals } from "./salesforce/index.ts";

/** Every CRM whose deals people can name. A new one: its folder beside this file, and its name here. */
export const dealNames: readonly DealNames[] = [hubspotDeals, salesforceDeals];
