import type { Contract, ContractEvent } from "@countersign/core";
import { readEvents } from "@countersign/store";
import { cardFor } from "../../acting/card-for.ts";
import { onTarget } from "../../acting/on-target.ts";
import { historyMessage, historyPage, type HistoryEntry } from "../../blocks/history.ts";
import { happeningOf } from "../../contracts/moments.ts";
import type { Command } from "../command.ts";
import { pagingOf, readShowing, showingWords } from "../showing.ts";

/** `/contract history <contract> [--share]`: what happened to it, from the beginning. */
export const history: Command = {
  slash: "/contract",
  verb: "history",
  words: "<contract>",
  summary: "what happened to a contract, and how we learned of it",
  answer(typed, asking, ports) {
    const { words, share, page } = readShowing(typed);
    const meant = { words, verb: "history", rest: showingWords({ share, page: 1 }) };
    return onTarget(ports, asking, meant, async (contract) => {
      const [card, events] = await Promise.all([
        cardFor(ports, asking, contract, { shared: share }),
        readEvents(ports.store().database, contract.id),
      ]);
      const entries = entriesOf(contract, events);
      const hasMore = entries.length > page * historyPage;
      const message = historyMessage({
        card,
        entries: entries.slice((page - 1) * historyPage, page * historyPage),
        page,
        paging: pagingOf(`history ${contract.id}`, { share, page }, { hasMore }),
      });
      return { kind: "message", message, share };
    });
  },
};

/** How a provider describes the contract is no happening. */
function entriesOf(contract: Contract, events: readonly ContractEvent[]): HistoryEntry[] {
  return events
    .filter(({ description }) => description === null)
    .map((event) => ({
      ...happeningOf(contract, { event, reason: event.reason, covers: [] }),
      via: event.via,
      claimed: event.claimed,
      note: event.note,
    }));
}
