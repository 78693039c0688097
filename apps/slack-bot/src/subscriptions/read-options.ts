import { nearestOf } from "../nearest.ts";
import { digestDays, usualDigest, type DigestTimes } from "./digest-times.ts";
import type { Fault } from "./fault.ts";
import type { Asker } from "./read-value.ts";
import type { Word } from "./split-words.ts";
import { modes, type Mode, type Terms } from "./terms.ts";
import { readTimeOfDay } from "./time-of-day.ts";
import { isTimezone } from "./zoned-time.ts";

/** What is typed as `key:value` and is no filter. */
export const options = ["mode", "broadcast", "at", "days"] as const;

export type Option = (typeof options)[number];

/** The values that an option knows; a time is free. */
const known: Record<Exclude<Option, "at">, readonly string[]> = {
  mode: modes,
  broadcast: ["on", "off"],
  days: digestDays,
};

/** An option's word, found to be in order. */
export type Chosen = { option: Option; value: string; word: Word };

export function readOption(option: Option, word: Word): Chosen | Fault[] {
  const { typed, sign } = word;
  const [given = "", ...others] = word.values;
  if (sign !== null) return [{ typed, problem: "signed-option", key: option }];
  if (others.length > 0) return [{ typed, problem: "given-twice", key: option }];
  if (option === "at") {
    const value = readTimeOfDay(given);
    return value === null ? [{ typed, problem: "unreadable-time" }] : { option, value, word };
  }
  const value = given.toLowerCase();
  if (known[option].includes(value)) return { option, value, word };
  const nearest = nearestOf(value, known[option]);
  return [{ typed: given, problem: "unknown-value", key: option, known: known[option], nearest }];
}

/** The options together, with what is not said: a card with a thread, nothing broadcast, digests on weekdays at nine. */
export function termsOf(chosen: Chosen[], asker: Asker): Omit<Terms, "rule"> | Fault[] {
  const of = (option: Option) => chosen.findLast((one) => one.option === option)?.value;
  const mode = modes.find((one) => one === of("mode")) ?? "thread";
  const faults = [...repetitions(chosen), ...strangers(chosen, mode)];
  if (faults.length > 0) return faults;
  const digest: DigestTimes = {
    at: of("at") ?? usualDigest.at,
    days: digestDays.find((one) => one === of("days")) ?? usualDigest.days,
    timezone: isTimezone(asker.timezone) ? asker.timezone : usualDigest.timezone,
  };
  return { mode, broadcast: of("broadcast") === "on", digest: mode === "digest" ? digest : null };
}

function repetitions(chosen: Chosen[]): Fault[] {
  return chosen
    .filter((one, index) => chosen.slice(0, index).some(({ option }) => option === one.option))
    .map(({ option, word }) => ({ typed: word.typed, problem: "given-twice", key: option }));
}

/** Options that mean nothing in this mode. */
function strangers(chosen: Chosen[], mode: Mode): Fault[] {
  const modeOf: Record<Option, Mode | null> = {
    mode: null,
    broadcast: "thread",
    at: "digest",
    days: "digest",
  };
  return chosen
    .filter(({ value }) => value !== "off")
    .flatMap(({ option, word }) => {
      const needed = modeOf[option];
      if (needed === null || needed === mode) return [];
      return [{ typed: word.typed, problem: "other-mode", key: option, mode: needed }];
    });
}
