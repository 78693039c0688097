import { quoteLimits } from "../blocks/limits.ts";
import { quote } from "../blocks/text.ts";
import type { Stall, StallRules } from "../stalls/find-stall.ts";
import { countWords } from "./name-words.ts";

export const stuckWords = {
  heading: (days: number | null) =>
    days === null ? "Stuck contracts" : `Stuck for ${countWords(days, "working day")} or longer`,
  groups: {
    expiring: "About to expire",
    unsigned: "Viewed and not signed",
    quiet: "Partly signed and quiet",
  } satisfies Record<Stall["kind"], string>,
  none: ({ viewedDays, partlySignedDays, expiresWithinDays }: StallRules) =>
    `Nothing is stuck: nothing was viewed ${countWords(viewedDays, "working day")} ago and is not signed, nothing partly signed has been quiet for ${countWords(partlySignedDays, "working day")}, and nothing expires within ${countWords(expiresWithinDays, "day")}.`,
  cut: (most: number) =>
    `There may be more: of each kind I only look at the ${most} that expire first or wait longest.`,
  noneOf: (most: number) =>
    `None of those that I look at is stuck: of each kind the ${most} that expire first or wait longest.`,
  badSince: (typed: string) =>
    `I do not know how long “${quote(typed, quoteLimits.crm)}” is. Say how many working days: /contract stuck --since 3d, up to 90d.`,
};
