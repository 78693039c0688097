import type { Card } from "../contracts/card.ts";
import type { PersonSettings } from "../people/settings.ts";
import type { Urgency } from "./urgency.ts";

/** What a person's home tab shows. */
export type Home = {
  /** Whose contracts these are; null where nobody knows who the person is. */
  email: string | null;
  /** How many of their open contracts there are, of all pages. */
  counts: Readonly<Record<Urgency, number>>;
  /** Whether there are more open contracts than were looked at. */
  hasMore: boolean;
  /** Those of this page, the most urgent first. */
  rows: readonly HomeRow[];
  /** Counts from 1. */
  page: number;
  pages: number;
  /** What has ended lately, the latest first. */
  finished: readonly Card[];
  settings: PersonSettings;
  /** IANA name; null where Slack has none. */
  timezone: string | null;
};

/** `isQuiet`: they do not want to hear of it now. */
export type HomeRow = { urgency: Urgency; card: Card; isQuiet: boolean };
