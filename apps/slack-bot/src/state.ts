import { findContracts, type Store } from "@countersign/store";
import type { State } from "./commands/command.ts";
import { cardOf } from "./contracts/card.ts";
import { dealsOf, type Context } from "./notifications/notify.ts";

/** What commands may ask. `openedStore` throws while the database has not been reached. */
export function readState(openedStore: () => Store, context: Context): State {
  return {
    async find(words, limit) {
      const found = await findContracts(openedStore().database, words, limit);
      return found.map(({ contract }) => contract);
    },
    async cardOf(contract) {
      const deals = await dealsOf(openedStore(), context, contract);
      return cardOf(contract, context.providerOf(contract.source), deals);
    },
  };
}
