/**
 * The shortcuts that the page offers. Slack knows them from the manifest, the sandbox from here: whoever changes
 * one of them in the app changes it here as well.
 */
export const shortcuts = [
  { callbackId: "link_to_deal", title: "Link to deal", on: "message" },
  { callbackId: "find_contract", title: "Find contract", on: "everywhere" },
] as const;
