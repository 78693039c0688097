import type { Action } from "./action.ts";
import { cancelAction } from "./cancel/index.ts";
import { homePageAction } from "./home-page/index.ts";
import { linkDealAction } from "./link-deal/index.ts";
import { openSettingsAction } from "./open-settings/index.ts";
import { pageAction } from "./page/index.ts";
import { pickAction } from "./pick/index.ts";
import { quietAction } from "./quiet/index.ts";
import { remindAction } from "./remind/index.ts";
import { showContractAction } from "./show-contract/index.ts";
import { subscribeConfirmAction } from "./subscribe-confirm/index.ts";
import { unsubscribeAction } from "./unsubscribe/index.ts";

/** What stands behind buttons and menus. A new one: its folder beside this file, and its name here. */
export const actions: readonly Action[] = [
  cancelAction,
  homePageAction,
  linkDealAction,
  openSettingsAction,
  pageAction,
  pickAction,
  quietAction,
  remindAction,
  showContractAction,
  subscribeConfirmAction,
  unsubscribeAction,
];
