import type { Button, HomeView, KnownBlock, SectionBlock } from "@slack/types";
import { actionIds } from "../blocks/action-ids.ts";
import { contractLine } from "../blocks/contract-line.ts";
import { quoteLimits, slackLimits } from "../blocks/limits.ts";
import { lineSections, mrkdwn, plain } from "../blocks/message.ts";
import { literal, quote } from "../blocks/text.ts";
import { showContractId } from "../views/find-contract/view.ts";
import {
  countsWords,
  homeWords,
  ownersWords,
  pageWords,
  switchesWords,
} from "../words/home-words.ts";
import { moreWords } from "../words/name-words.ts";
import type { Home, HomeRow } from "./home.ts";
import { homePageButtons } from "./page-buttons.ts";
import { urgencies } from "./urgency.ts";

/** A person's home tab: their open contracts by urgency, what has ended lately, and what they are told. */
export function homeView(home: Home): HomeView {
  return {
    type: "home",
    callback_id: "home",
    blocks: [
      { type: "header", text: plain(homeWords.title) },
      ...headBlocks(home),
      ...urgencies.flatMap((urgency) => {
        return groupBlocks(
          homeWords.groups[urgency],
          home.rows.filter((row) => row.urgency === urgency),
        );
      }),
      ...pagingBlocks(home),
      ...finishedBlocks(home),
      { type: "divider" },
      switchesBlock(home),
    ],
  };
}

function headBlocks({ email, counts, hasMore }: Home): KnownBlock[] {
  if (email === null) return [{ type: "section", text: plain(homeWords.unknown) }];
  const isEmpty = urgencies.every((urgency) => counts[urgency] === 0);
  const summary = isEmpty ? homeWords.none : countsWords(counts, hasMore);
  return [
    { type: "section", text: plain(summary) },
    { type: "context", elements: [plain(ownersWords(email))] },
  ];
}

function groupBlocks(
  { emoji, name }: { emoji: string; name: string },
  rows: readonly HomeRow[],
): KnownBlock[] {
  if (rows.length === 0) return [];
  return [{ type: "section", text: mrkdwn(`${emoji} *${name}*`) }, ...rows.map(rowBlock)];
}

function rowBlock({ card, isQuiet }: HomeRow): SectionBlock {
  const { contractId, title } = card;
  const text = `${contractLine(card)}${isQuiet ? ` · ${homeWords.quiet}` : ""}`;
  const block: SectionBlock = { type: "section", text: mrkdwn(text) };
  if (contractId === "" || contractId.length > quoteLimits.idValue) return block;
  const button: Button = {
    type: "button",
    action_id: showContractId,
    text: plain(homeWords.show),
    value: contractId,
    accessibility_label: quote(homeWords.showLabel(title), slackLimits.accessibilityLabel),
  };
  return { ...block, accessory: button };
}

function pagingBlocks({ page, pages }: Home): KnownBlock[] {
  if (pages <= 1) return [];
  return [
    { type: "context", elements: [plain(pageWords(page, pages))] },
    ...homePageButtons(page, pages),
  ];
}

function finishedBlocks({ finished }: Home): KnownBlock[] {
  if (finished.length === 0) return [];
  const { emoji, name } = homeWords.finished;
  const lines = lineSections(finished.map(contractLine), {
    atMost: finished.length,
    room: slackLimits.allBlocks,
    more: moreWords,
  });
  return [{ type: "section", text: mrkdwn(`${emoji} *${name}*`) }, ...lines];
}

function switchesBlock({ settings, timezone }: Home): SectionBlock {
  const { emoji, name } = homeWords.switches;
  const lines = switchesWords(settings, timezone).map((line) => {
    return `*${line.name}* ${literal(line.value)}`;
  });
  return {
    type: "section",
    text: mrkdwn([`${emoji} *${name}*`, ...lines].join("\n")),
    accessory: {
      type: "button",
      action_id: actionIds.openSettings,
      text: plain(homeWords.change),
      accessibility_label: quote(homeWords.changeLabel, slackLimits.accessibilityLabel),
    },
  };
}
