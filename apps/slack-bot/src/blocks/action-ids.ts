/**
 * The ids of buttons and menus in messages. Two elements of one block may not share an id, so an id may carry
 * a variant behind a colon (`page:next`): `actionOf` names the action that either stands for.
 */
export const actionIds = {
  openContract: "open_contract",
  openDeal: "open_deal",
  remind: "remind",
  linkDeal: "link_deal",
  quiet: "quiet",
  page: "page",
  pick: "pick",
  openSettings: "open_settings",
  homePage: "home_page",
  subscribeConfirm: "subscribe_confirm",
  unsubscribe: "unsubscribe",
  cancel: "cancel",
} as const;

/** An action id with a variant: small letters, digits and hyphens. */
export function variantOf(actionId: string, variant: string): string {
  return `${actionId}:${variant}`;
}

/** The action that an element's id stands for, whatever its variant. */
export function actionOf(elementId: string): string {
  return elementId.split(":", 1)[0] ?? elementId;
}
