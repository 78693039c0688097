// The modal in which people say what they want to hear.

import { quoteLimits } from "../blocks/limits.ts";
import { quote } from "../blocks/text.ts";
import type { DmType, PersonSettings, weekdays } from "../people/settings.ts";

export const settingsWords = {
  title: "Your settings",
  submit: "Save",
  intro: "What Countersign tells you about contracts and deals that are yours, by direct message.",
  dm: "Tell me when a contract",
  more: "Also",
  ownActions: "Tell me of what I did myself",
  weekends: "Write at weekends too",
  quietFrom: "Quiet from",
  quietTo: "Quiet until",
  quietHint: "Empty both to be told at any hour.",
  digest: "Digest of my contracts",
  digestAt: "Digest at",
  weekday: "Weekly digest on",
  zone: (timezone: string | null) =>
    timezone === null
      ? "Slack tells me no time zone of yours; set it in Slack's preferences."
      : `Times are in your time zone in Slack: ${quote(timezone, quoteLimits.name)}.`,
  bothTimes: "Give both times, or neither.",
  sameTimes: "Give two different times.",
  saved: "Saved. It counts from now on.",
};

export const dmWords: Record<DmType, string> = {
  sent: "is sent",
  viewed: "is viewed",
  signed: "is signed by somebody",
  completed: "is completed",
  declined: "is declined",
  voided: "is voided",
  expired: "has expired",
  attention: "cannot go on: mail bounced, or identity failed",
  stalled: "has stalled",
  expiring: "is about to expire",
};

export const digestChoices: Record<"off" | NonNullable<PersonSettings["digest"]>["every"], string> =
  {
    off: "Off",
    day: "Daily",
    weekdays: "On weekdays",
    week: "Weekly",
  };

export const weekdayWords: Record<(typeof weekdays)[number], string> = {
  mon: "Monday",
  tue: "Tuesday",
  wed: "Wednesday",
  thu: "Thursday",
  fri: "Friday",
  sat: "Saturday",
  sun: "Sunday",
};
