// How a subscription is said in plain words. Names come in as they are, and go out quoted.

import { quote } from "../blocks/text.ts";
import type { DigestDays, DigestTimes } from "../subscriptions/digest-times.ts";
import type { Preview } from "../subscriptions/preview.ts";
import type { Mode } from "../subscriptions/terms.ts";

/** What is posted, to be followed by which contracts it is about. */
export const openings: Record<Exclude<Mode, "digest">, string> = {
  thread: "Posts a card with a thread for every contract",
  card: "Posts a card that is kept up to date for every contract",
  list: "Posts a message about every contract",
};

const dayWords: Record<DigestDays, string> = {
  weekdays: "on weekdays",
  daily: "every day",
  weekly: "on Mondays",
};

/** `on weekdays at 09:00 (Europe/Berlin)` */
export function digestTimesWords({ at, days, timezone }: DigestTimes): string {
  return `${dayWords[days]} at ${at} (${quote(timezone, 60)})`;
}

export function digestOpening(times: DigestTimes): string {
  return `Posts a digest ${digestTimesWords(times)} with every contract`;
}

export const broadcastSentence = "What the thread says shows in the channel too.";

/** What joins the parts of the sentence. */
export const ruleWords = {
  except: (phrases: string[]) =>
    `, except ${phrases.map((phrase) => `those ${phrase}`).join(" and ")}`,
  when: (events: string) => `, when ${events}`,
  eachTime: (events: string) => `, each time ${events}`,
  anything: "something happens to it",
  notWhen: (events: string) => `, but not when ${events}`,
};

/** What the preview counts, before the examples. */
export function previewSentence(preview: Preview, days: number): string {
  const { messages, inChannel, contracts } = preview;
  const start = `In the last ${days} days this would have posted`;
  if (messages === 0) return `${start} nothing here.`;
  const about = `about ${contracts === 1 ? "one contract" : `${contracts} contracts`}`;
  const posted = `${start} ${messages === 1 ? "one message" : `${messages} messages`} ${about}`;
  if (inChannel === messages) return `${posted}.`;
  return `${posted}: ${inChannel} in the channel, the others in threads.`;
}
