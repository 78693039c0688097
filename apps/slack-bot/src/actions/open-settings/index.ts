import { actionIds } from "../../blocks/action-ids.ts";
import { settings } from "../../commands/settings/index.ts";
import type { Action } from "../action.ts";

/** The button "Change" beside somebody's switches: as `/contract settings`. */
export const openSettingsAction: Action = {
  id: actionIds.openSettings,
  run: (_, asking, ports) => settings.answer("", asking, ports),
};
