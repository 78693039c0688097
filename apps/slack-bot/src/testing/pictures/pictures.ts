import type { KnownBlock, View } from "@slack/types";
import type { Message } from "../../blocks/message.ts";
import { digestMessage } from "../../blocks/digest.ts";
import { offerMessage } from "../../blocks/subscription-offer.ts";
import { contractUnfurl } from "../../blocks/unfurl.ts";
import { nudgeMessage } from "../../blocks/nudge.ts";
import { cardOf, type Card, type CardOffers } from "../../contracts/card.ts";
import { homeView } from "../../home/view.ts";
import { byUrgency, type Urgency } from "../../home/urgency.ts";
import { announce } from "../../notifications/announce.ts";
import { renderCard, renderLine } from "../../notifications/render.ts";
import { readSettings } from "../../people/settings.ts";
import { explainTerms } from "../../subscriptions/explain.ts";
import { parseTerms } from "../../subscriptions/parse.ts";
import { previewOf } from "../../subscriptions/preview.ts";
import { linkDealView } from "../../views/link-deal/view.ts";
import { settingsView } from "../../views/settings/view.ts";
import { now, on, type Scene } from "./contracts.ts";
import { homeScenes, scenes } from "./scenes.ts";

/** What the sandbox draws: see `Picture` there. */
export type Picture = { name: string } & (
  | { text: string; blocks: KnownBlock[]; at?: string; replies?: Posted[]; ephemeral?: true }
  | { view: View }
);

type Posted = Message & { at: string };

const offers: CardOffers = { showAmounts: true, canRemind: true, linkable: ["hubspot"] };
const zone = "America/New_York";

/** The pictures of docs/slack.md, by the renderers that the bot itself uses. */
export function pictures(): Picture[] {
  return [
    ...Object.entries(scenes).map(([name, { facts }]) => {
      return {
        name: `card-${name}`,
        at: on(8, "10:12"),
        ...renderCard(cardOf(facts, offers, now)),
      };
    }),
    { name: "thread", at: on(8, "10:12"), ...threadOf(scenes.completed) },
    { name: "home", view: homeView(homeOf()) },
    { name: "settings", view: settingsView(readSettings({}), zone) },
    { name: "link-to-deal", view: linkView() },
    { name: "subscribe", ephemeral: true, ...offer("amount:>25k event:completed,declined") },
    { name: "nudge", ...nudge() },
    { name: "digest", ...digest() },
    { name: "link-preview", ...contractUnfurl(cardOf(scenes["partly-signed"].facts, offers, now)) },
  ];
}

function cardsOf(given: readonly Scene[]): Card[] {
  return given.map(({ facts }) =>
    cardOf(facts, { ...offers, canRemind: false, linkable: [] }, now),
  );
}

/** A card with everything that was said below it. */
function threadOf({ facts, events }: Scene): Message & { replies: Posted[] } {
  const { card, lines } = announce({
    contract: facts.contract,
    events,
    facts,
    offers,
    announced: new Set(),
    tells: () => true,
    since: null,
    now: new Date(on(8, "10:12")),
  });
  return {
    ...renderCard(card),
    replies: lines.map((line) => ({
      ...renderLine(line, card),
      at: line.happenings[0]?.at ?? on(8, "10:12"),
    })),
  };
}

function homeOf(): Parameters<typeof homeView>[0] {
  const hours = { from: "09:00", to: "18:00", timezone: zone };
  const sorted = byUrgency(
    homeScenes.open.map(({ facts }) => facts),
    {
      email: "dana.reyes@northgate.example",
      rules: { viewedDays: 3, partlySignedDays: 3, expiresWithinDays: 3 },
      hours: { ...hours, days: ["mon", "tue", "wed", "thu", "fri"] },
      now,
    },
  );
  const count = (urgency: Urgency) => sorted.filter((one) => one.urgency === urgency).length;
  return {
    email: "dana.reyes@northgate.example",
    counts: {
      expiring: count("expiring"),
      mine: count("mine"),
      stalled: count("stalled"),
      waiting: count("waiting"),
    },
    hasMore: false,
    rows: sorted.map(({ urgency, ...facts }) => {
      const [card] = cardsOf([{ facts, events: [] }]);
      if (card === undefined) throw new Error("A contract has no card.");
      return { urgency, card, isQuiet: facts.contract.title === "Support plan" };
    }),
    page: 1,
    pages: 1,
    finished: cardsOf(homeScenes.finished),
    settings: readSettings({ digest: { every: "day", at: "08:30" } }),
    timezone: zone,
  };
}

function linkView(): View {
  const candidates = [
    {
      recordId: "1001",
      name: "Harborlight: annual licence",
      reasons: ["amount", "account"] as const,
    },
    { recordId: "1007", name: "Harborlight: training", reasons: ["account"] as const },
  ];
  return linkDealView(
    scenes["not-linked"].facts.contract,
    candidates.map((candidate) => ({ crm: "hubspot", ...candidate })),
    ["hubspot"],
  );
}

function nudge(): Message {
  const [card] = cardsOf([scenes.viewed]);
  if (card === undefined) throw new Error("A contract has no card.");
  return nudgeMessage({
    card: { ...card, canRemind: true },
    kind: "unsigned",
    at: on(8, "11:40"),
    waitsFor: ["Priya Natarajan"],
    isEscalated: false,
  });
}

function digest(): Message {
  const open = cardsOf(homeScenes.open);
  return digestMessage({
    kind: "person",
    since: on(11, "08:30"),
    attention: open.slice(0, 2),
    waiting: open.slice(2),
    finished: cardsOf(homeScenes.finished),
    cutAt: null,
  });
}

/** What is shown before a channel hears of what was typed. */
function offer(typed: string): Message {
  const parsed = parseTerms(typed, { userId: "U000000001", timezone: zone });
  if (parsed.kind === "faults") throw new Error(`"${typed}" is no subscription.`);
  const preview = previewOf(parsed.terms, [...homeScenes.open, ...homeScenes.finished], now);
  const rule = explainTerms(parsed.terms, () => null);
  return offerMessage({ rule, notes: [], preview, isAll: true, typed });
}
