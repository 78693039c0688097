import { cardsFor } from "../../acting/card-for.ts";
import { say } from "../../acting/say.ts";
import type { Asking, Reply } from "../../asking.ts";
import { groupedListMessage, listPage } from "../../blocks/contract-list.ts";
import { stallEntry } from "../../blocks/stall-line.ts";
import type { Ports } from "../../ports.ts";
import type { StallRules } from "../../stalls/find-stall.ts";
import { stuckWords } from "../../words/stuck-words.ts";
import type { Command } from "../command.ts";
import { pagingOf, readShowing, type Showing } from "../showing.ts";
import { findStuck, mostStuck } from "./find-stuck.ts";
import { readSince } from "./read-since.ts";

/** `/contract stuck [--since 3d] [--share]`: what has stalled, by countersign.yaml's rules or for so many working days. */
export const stuck: Command = {
  slash: "/contract",
  verb: "stuck",
  words: "[--since 3d]",
  summary: "contracts that wait too long or are about to expire",
  async answer(typed, asking, ports) {
    const { words, ...showing } = readShowing(typed);
    const since = readSince(words, ports.workingHours.days.length);
    if ("fault" in since) {
      return say(stuckWords.badSince(since.fault));
    }
    const { days } = since;
    const rules: StallRules =
      days === null ? ports.stalls : { ...ports.stalls, viewedDays: days, partlySignedDays: days };
    return listStuck(ports, asking, { days, rules }, showing);
  },
};

async function listStuck(
  ports: Ports,
  asking: Asking,
  { days, rules }: { days: number | null; rules: StallRules },
  { share, page: asked }: Showing,
): Promise<Reply> {
  const { stuck: all, isCut } = await findStuck(ports, rules);
  const page = Math.min(asked, Math.max(1, Math.ceil(all.length / listPage)));
  const shown = all.slice((page - 1) * listPage, page * listPage);
  const found = shown.map(({ contract }) => contract);
  const cards = await cardsFor(ports, asking, found, { shared: share });
  const entries = cards.flatMap((card, place) => {
    const stall = shown[place]?.stall;
    return stall === undefined ? [] : [{ kind: stall.kind, ...stallEntry(card, stall) }];
  });
  const command = days === null ? "stuck" : `stuck --since ${days}d`;
  const message = groupedListMessage({
    heading: stuckWords.heading(days),
    page,
    paging: pagingOf(command, { share, page }, { hasMore: all.length > page * listPage }),
    empty: isCut ? stuckWords.noneOf(mostStuck) : stuckWords.none(rules),
    note: isCut ? stuckWords.cut(mostStuck) : null,
    groups: (["expiring", "unsigned", "quiet"] as const).map((kind) => ({
      name: stuckWords.groups[kind],
      entries: entries.filter((entry) => entry.kind === kind),
    })),
  });
  return { kind: "message", message, share };
}
