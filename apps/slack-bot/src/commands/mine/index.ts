import { openStatuses } from "@countersign/core";
import { readContractsOf } from "@countersign/store";
import { cardsFor } from "../../acting/card-for.ts";
import { emailOf } from "../../acting/people.ts";
import type { Asking, Reply } from "../../asking.ts";
import { answer } from "../../blocks/answer.ts";
import { groupedListMessage, listPage, type ListGroup } from "../../blocks/contract-list.ts";
import { contractLine } from "../../blocks/contract-line.ts";
import type { Card } from "../../contracts/card.ts";
import { byUrgency, urgencies, type Urgency } from "../../home/urgency.ts";
import type { Ports } from "../../ports.ts";
import { asTyped } from "../../subscriptions/slack-text.ts";
import { lineSentence } from "../../words/line-words.ts";
import { mineWords } from "../../words/mine-words.ts";
import type { Command } from "../command.ts";
import { pagingOf, readShowing } from "../showing.ts";

/** How many open contracts are put in order; of more, those that changed last. */
const most = 1_000;

/** `/contract mine [@person] [--share]`: the open contracts that somebody sent or whose deal they own, by urgency. */
export const mine: Command = {
  slash: "/contract",
  verb: "mine",
  words: "[@person]",
  summary: "your open contracts, the most urgent first",
  async answer(typed, asking, ports) {
    const { words, share, page } = readShowing(typed);
    const whose = whoseOf(words, asking);
    if (whose === null) return { kind: "message", message: answer(mineWords.notAPerson) };
    const email = await emailOf(ports, { workspace: asking.workspace, userId: whose });
    // Others press the buttons of a message that is shared.
    const isOwn = whose === asking.userId && !share;
    if (email === null) {
      return { kind: "message", message: answer(...mineWords.unknown(isOwn ? null : whose)) };
    }
    return listOf(ports, asking, { userId: whose, email, isOwn }, { share, page });
  },
};

/** Null where the words are no person. */
function whoseOf(words: string, { userId }: Asking): string | null {
  if (words === "") return userId;
  return /^<@([UW][A-Z0-9]+)>$/.exec(asTyped(words))?.[1] ?? null;
}

async function listOf(
  ports: Ports,
  asking: Asking,
  whose: { userId: string; email: string; isOwn: boolean },
  { share, page }: { share: boolean; page: number },
): Promise<Reply> {
  const { email, isOwn } = whose;
  const statuses = [...openStatuses];
  const open = await readContractsOf(ports.store(), email, { statuses }, most + 1);
  const standpoint = { email, rules: ports.stalls, hours: ports.workingHours, now: ports.now() };
  const sorted = byUrgency(open.slice(0, most), standpoint);
  const shown = sorted.slice((page - 1) * listPage, page * listPage);
  const found = shown.map(({ contract }) => contract);
  const cards = await cardsFor(ports, asking, found, { shared: share });
  const asked = isOwn ? "mine" : `mine <@${whose.userId}>`;
  const message = groupedListMessage({
    heading: mineWords.heading(isOwn ? null : email, open.length > most ? most : null),
    page,
    paging: pagingOf(asked, { share, page }, { hasMore: sorted.length > page * listPage }),
    empty: mineWords.none(isOwn ? null : email),
    groups: urgencies.map((urgency) => {
      const ofGroup = cards.filter((_, place) => shown[place]?.urgency === urgency);
      return groupOf(urgency, ofGroup, isOwn);
    }),
  });
  return { kind: "message", message, share };
}

function groupOf(urgency: Urgency, cards: readonly Card[], isOwn: boolean): ListGroup {
  const entries = cards.map((card) => ({ line: contractLine(card), sentence: lineSentence(card) }));
  return { name: mineWords.group(urgency, isOwn), entries };
}
