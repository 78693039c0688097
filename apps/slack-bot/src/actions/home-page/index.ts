import { actionIds } from "../../blocks/action-ids.ts";
import { drawOpened } from "../../home/draw-home.ts";
import { readHomePage } from "../../home/page-buttons.ts";
import type { Action } from "../action.ts";

/** The buttons to another page of App Home; their value is its number. */
export const homePageAction: Action = {
  id: actionIds.homePage,
  async run({ value }, { workspace, userId }, ports) {
    await drawOpened(ports, { workspace, userId }, readHomePage(value));
    return { kind: "nothing" };
  },
};
