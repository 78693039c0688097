import type { Json } from "@countersign/core";
import { z } from "zod";

/** What the owner of a contract can be told of by direct message. */
export const dmTypes = [
  "sent",
  "viewed",
  "signed",
  "completed",
  "declined",
  "voided",
  "expired",
  "attention",
  "stalled",
  "expiring",
] as const;

export type DmType = (typeof dmTypes)[number];

export const weekdays = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;

const on = z.boolean().default(true);
const off = z.boolean().default(false);
const timeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);

const PersonSettings = z.object({
  dm: z
    .object({
      sent: on,
      viewed: off,
      signed: on,
      completed: on,
      declined: on,
      voided: on,
      expired: on,
      attention: on,
      stalled: on,
      expiring: on,
    } satisfies Record<DmType, z.ZodType>)
    .prefault({}),
  /** Whether they are told of what they did themselves. */
  ownActions: off,
  /** In their time zone; null: at any hour. */
  quietHours: z
    .object({ from: timeOfDay, to: timeOfDay })
    .nullable()
    .default({ from: "20:00", to: "08:00" }),
  weekends: z.enum(["quiet", "as usual"]).default("quiet"),
  digest: z
    .object({
      every: z.enum(["day", "weekdays", "week"]),
      at: timeOfDay.default("09:00"),
      weekday: z.enum(weekdays).default("mon"),
    })
    .nullable()
    .default(null),
});

/** What a person wants to hear by direct message, and when. */
export type PersonSettings = z.infer<typeof PersonSettings>;

/** As they are kept; the defaults where nothing is kept or it cannot be read. */
export function readSettings(json: Json): PersonSettings {
  return PersonSettings.safeParse(json).data ?? PersonSettings.parse({});
}
