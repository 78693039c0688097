import { dmTypes, readSettings, weekdays, type PersonSettings } from "../../people/settings.ts";
import { settingsWords } from "../../words/settings-words.ts";
import type { Filled } from "../view.ts";

export const settingsId = "settings";

/** The modal's inputs; each block holds one element of the same name. */
export const fields = {
  dm: "dm",
  more: "more",
  quietFrom: "quiet_from",
  quietTo: "quiet_to",
  digest: "digest",
  digestAt: "digest_at",
  weekday: "weekday",
} as const;

/** Choices that are no type of message. */
export const choices = { ownActions: "own_actions", weekends: "weekends", off: "off" } as const;

export type ReadSettings =
  | { kind: "settings"; settings: PersonSettings }
  /** By block id. */
  | { kind: "errors"; errors: Record<string, string> };

/** What was filled in, as settings. */
export function readFilled(filled: Filled): ReadSettings {
  const all = (name: string) => filled[name]?.[name] ?? [];
  const one = (name: string) => all(name)[0] ?? "";
  const ticked = new Set(all(fields.dm));
  const more = all(fields.more);
  const from = one(fields.quietFrom);
  const to = one(fields.quietTo);
  if ((from === "") !== (to === "")) {
    const empty = from === "" ? fields.quietFrom : fields.quietTo;
    return { kind: "errors", errors: { [empty]: settingsWords.bothTimes } };
  }
  if (from !== "" && from === to) {
    return { kind: "errors", errors: { [fields.quietTo]: settingsWords.sameTimes } };
  }
  const every = (["day", "weekdays", "week"] as const).find(
    (choice) => choice === one(fields.digest),
  );
  const settings = readSettings({
    dm: Object.fromEntries(dmTypes.map((type) => [type, ticked.has(type)])),
    ownActions: more.includes(choices.ownActions),
    quietHours: from === "" ? null : { from, to },
    weekends: more.includes(choices.weekends) ? "as usual" : "quiet",
    digest:
      every === undefined
        ? null
        : {
            every,
            at: one(fields.digestAt) || "09:00",
            weekday: weekdays.find((day) => day === one(fields.weekday)) ?? weekdays[0],
          },
  });
  return { kind: "settings", settings };
}
