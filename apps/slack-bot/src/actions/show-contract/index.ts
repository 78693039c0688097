import { cardFor } from "../../acting/card-for.ts";
import { withContract } from "../../acting/contract-by-id.ts";
import { cardView, showContractId } from "../../views/find-contract/view.ts";
import type { Action } from "../action.ts";

/** The button "Show" beside a contract that was found; its value is the contract's id. */
export const showContractAction: Action = {
  id: showContractId,
  run: ({ value }, asking, ports) =>
    withContract(ports, value, async (contract) => {
      return { kind: "view", view: cardView(await cardFor(ports, asking, contract)) };
    }),
};
