import { findContractSubmission } from "./find-contract/index.ts";
import { linkDealSubmission } from "./link-deal/index.ts";
import { settingsSubmission } from "./settings/index.ts";
import type { Submission } from "./view.ts";

/** The modals that are handed in. A new one: its folder beside this file, and its name here. */
export const submissions: readonly Submission[] = [
  findContractSubmission,
  linkDealSubmission,
  settingsSubmission,
];
