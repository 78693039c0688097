import { findContractView } from "../../views/find-contract/view.ts";
import type { Shortcut } from "../shortcut.ts";

/** "Find contract", from anywhere. */
export const findContract: Shortcut = {
  id: "find_contract",
  kind: "global",
  name: "Find contract",
  description: "Finds a contract by words, and shows where it stands.",
  run: async () => ({ kind: "view", view: findContractView(null) }),
};
