import { cardsFor } from "../../acting/card-for.ts";
import { findMeant } from "../../acting/find-meant.ts";
import type { Submission } from "../view.ts";
import { findContractId, findContractView, wordsField } from "./view.ts";

/** How many contracts the modal lists. */
const listed = 10;

/** The modal "Find contract": it stays, with what was found. */
export const findContractSubmission: Submission = {
  id: findContractId,
  async submit({ filled }, asking, ports) {
    const words = filled[wordsField]?.[wordsField]?.[0]?.trim() ?? "";
    const found = await findMeant(ports, words, listed + 1);
    const shown = found.slice(0, listed);
    const cards = await cardsFor(ports, asking, shown);
    const view = findContractView({ cards, hasMore: found.length > listed });
    return { kind: "update", view };
  },
};
