import { listContracts } from "@countersign/store";
import { cardsFor } from "../../acting/card-for.ts";
import { say } from "../../acting/say.ts";
import { contractListMessage, listPage } from "../../blocks/contract-list.ts";
import { listWords } from "../../words/list-words.ts";
import type { Command } from "../command.ts";
import { pagingOf, readShowing } from "../showing.ts";
import { readStatuses, statusNames } from "./read-statuses.ts";

/** `/contract list [<status> …] [--share]`: the latest changed first. */
export const list: Command = {
  slash: "/contract",
  verb: "list",
  words: "[open|sent|viewed|completed|…]",
  summary: "contracts by status, open ones unless you say which",
  async answer(typed, asking, ports) {
    const { words, share, page } = readShowing(typed);
    const read = readStatuses(words);
    if (read.kind === "unknown") {
      const said = listWords.unknownStatus(read.word, read.nearest, statusNames);
      return say(said);
    }
    const { contracts, hasMore } = await listContracts(
      ports.store(),
      { statuses: read.statuses },
      { limit: listPage, offset: (page - 1) * listPage },
    );
    const found = contracts.map(({ contract }) => contract);
    const message = contractListMessage({
      heading: listWords.byStatus(read.words),
      page,
      cards: await cardsFor(ports, asking, found, { shared: share }),
      paging: pagingOf(`list ${read.words.join(" ")}`, { share, page }, { hasMore }),
      empty: listWords.noneOf(read.words),
    });
    return { kind: "message", message, share };
  },
};
