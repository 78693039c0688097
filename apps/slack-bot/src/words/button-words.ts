import type { QuietSpan } from "../blocks/quiet-choice.ts";
import { titleWords } from "./name-words.ts";

export const buttonWords = {
  open: "Open contract",
  openLabel: (title: string | null) => `Open the contract ${titleWords(title)}`,
  openDealLabel: (title: string | null) => `Open the deal of ${titleWords(title)}`,
  remind: "Send reminder",
  link: "Link to deal",
  previous: "Previous",
  next: "Next",
  pick: "This one",
  pickLabel: (title: string | null) => `Take ${titleWords(title)}`,
  cancel: "Cancel",
};

/** The menu "More" has no name of its own in Slack: it shows as three dots. */
export const quietWords: Record<QuietSpan, string> = {
  mute: "Mute here",
  day: "Snooze for a day",
  week: "Snooze for a week",
};

export const remindConfirm = {
  title: "Send a reminder?",
  text: (who: string) => `The provider writes to ${who} and asks for the signature.`,
  confirm: "Send",
};
