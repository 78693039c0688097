import { homeOpened } from "../home/opened.ts";
import { appUninstalled, tokensRevoked } from "../installation/uninstalled.ts";
import { linkShared } from "../unfurls/link-shared.ts";
import type { EventHandler } from "./event.ts";

/** What Slack tells us of without being asked. */
export const events: readonly EventHandler[] = [
  homeOpened,
  linkShared,
  appUninstalled,
  tokensRevoked,
];
