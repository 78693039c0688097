import { withContract } from "../../acting/contract-by-id.ts";
import { actionIds } from "../../blocks/action-ids.ts";
import { askForDeal } from "../../ties/ask.ts";
import type { Action } from "../action.ts";

/** The button "Link to deal"; its value is the contract's id. */
export const linkDealAction: Action = {
  id: actionIds.linkDeal,
  run: ({ value }, asking, ports) =>
    withContract(ports, value, (contract) => askForDeal(ports, asking, contract)),
};
