import type { PersonSettings } from "../people/settings.ts";
import { nameOfSpot, termsOfSpot, type Spot } from "../audience/channel-plans.ts";
import type { Kept } from "../audience/kept.ts";
import { recurrenceOf } from "../subscriptions/digest-times.ts";
import { nameOfRecurrence, type Recurrence } from "../subscriptions/recurrence.ts";
import type { Rule } from "../subscriptions/rule.ts";
import { digestTimesOf } from "../subscriptions/terms.ts";

/** What a channel is sent when: the contracts that one of the rules wants. */
export type ChannelDigest = Spot & { recurrence: Recurrence; rules: Rule[] };

/** The digests of all channels; what is due in a channel at the same times is one. */
export function channelDigests(
  kept: readonly Kept[],
  defaultChannel: Spot | null,
): ChannelDigest[] {
  const bySpot = [...Map.groupBy(kept, nameOfSpot).values()];
  return bySpot.flatMap((own) => {
    const [{ workspace, channel } = { workspace: "", channel: "" }] = own;
    return digestsOf({ workspace, channel }, own, defaultChannel);
  });
}

function digestsOf(spot: Spot, own: readonly Kept[], defaultChannel: Spot | null): ChannelDigest[] {
  const live = own.filter(({ stopped }) => stopped === null);
  const heard = termsOfSpot(live, defaultChannel, spot).map(({ terms }) => terms.rule);
  const asked = live.flatMap(({ meaning }) => {
    if (meaning.kind === "whole-digest") {
      return [{ recurrence: recurrenceOf(meaning.times), rules: heard }];
    }
    const times = meaning.kind === "terms" ? digestTimesOf(meaning.terms) : null;
    if (meaning.kind !== "terms" || times === null) return [];
    return [{ recurrence: recurrenceOf(times), rules: [meaning.terms.rule] }];
  });
  const byTimes = Map.groupBy(asked, ({ recurrence }) => nameOfRecurrence(recurrence));
  return [...byTimes.values()].flatMap((same) => {
    const [first] = same;
    if (first === undefined) return [];
    return [{ ...spot, recurrence: first.recurrence, rules: same.flatMap(({ rules }) => rules) }];
  });
}

const everyDay = [0, 1, 2, 3, 4, 5, 6];
const workdays = [1, 2, 3, 4, 5];
const numbers = { sun: 0, mon: 1, tue: 2, wed: 3, thu: 4, fri: 5, sat: 6 } as const;

/** When a person is sent their digest; null where they want none. Daily leaves quiet weekends out. */
export function personRecurrence(
  { digest, weekends }: Pick<PersonSettings, "digest" | "weekends">,
  timezone: string,
): Recurrence | null {
  if (digest === null) return null;
  const { every, at, weekday } = digest;
  if (every === "week") return { at, weekdays: [numbers[weekday]], timezone };
  const isWorkdays = every === "weekdays" || weekends === "quiet";
  return { at, weekdays: isWorkdays ? workdays : everyDay, timezone };
}
