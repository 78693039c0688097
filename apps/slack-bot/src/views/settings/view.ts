import type { InputBlock, ModalView, PlainTextOption } from "@slack/types";
import { plain } from "../../blocks/message.ts";
import { dmTypes, weekdays, type PersonSettings } from "../../people/settings.ts";
import { buttonWords } from "../../words/button-words.ts";
import { digestChoices, dmWords, settingsWords, weekdayWords } from "../../words/settings-words.ts";
import { choices, fields, settingsId } from "./fields.ts";

/** What a person wants to hear, to be changed. `timezone` is what Slack has of them. */
export function settingsView(settings: PersonSettings, timezone: string | null): ModalView {
  const { dm, quietHours, digest } = settings;
  const more = [
    ...(settings.ownActions ? [choices.ownActions] : []),
    ...(settings.weekends === "as usual" ? [choices.weekends] : []),
  ];
  return {
    type: "modal",
    callback_id: settingsId,
    title: plain(settingsWords.title),
    submit: plain(settingsWords.submit),
    close: plain(buttonWords.cancel),
    blocks: [
      { type: "section", text: plain(settingsWords.intro) },
      ticks(fields.dm, settingsWords.dm, {
        words: dmWords,
        ticked: dmTypes.filter((type) => dm[type]),
      }),
      ticks(fields.more, settingsWords.more, {
        words: {
          [choices.ownActions]: settingsWords.ownActions,
          [choices.weekends]: settingsWords.weekends,
        },
        ticked: more,
      }),
      clock(fields.quietFrom, settingsWords.quietFrom, quietHours?.from ?? null),
      {
        ...clock(fields.quietTo, settingsWords.quietTo, quietHours?.to ?? null),
        hint: plain(settingsWords.quietHint),
      },
      menu(fields.digest, settingsWords.digest, digestChoices, digest?.every ?? choices.off),
      clock(fields.digestAt, settingsWords.digestAt, digest?.at ?? "09:00"),
      menu(fields.weekday, settingsWords.weekday, weekdayWords, digest?.weekday ?? weekdays[0]),
      { type: "context", elements: [plain(settingsWords.zone(timezone))] },
    ],
  };
}

function ticks(
  name: string,
  label: string,
  { words, ticked }: { words: Record<string, string>; ticked: readonly string[] },
): InputBlock {
  const options = optionsOf(words);
  const initial = options.filter(({ value }) => value !== undefined && ticked.includes(value));
  return {
    type: "input",
    block_id: name,
    optional: true,
    label: plain(label),
    element: {
      type: "checkboxes",
      action_id: name,
      options,
      ...(initial.length > 0 ? { initial_options: initial } : {}),
    },
  };
}

function menu(
  name: string,
  label: string,
  words: Record<string, string>,
  chosen: string,
): InputBlock {
  const options = optionsOf(words);
  const initial = options.find(({ value }) => value === chosen);
  return {
    type: "input",
    block_id: name,
    label: plain(label),
    element: {
      type: "static_select",
      action_id: name,
      options,
      ...(initial === undefined ? {} : { initial_option: initial }),
    },
  };
}

function clock(name: string, label: string, at: string | null): InputBlock {
  const initial = at === null ? {} : { initial_time: at };
  return {
    type: "input",
    block_id: name,
    optional: true,
    label: plain(label),
    element: { type: "timepicker", action_id: name, ...initial },
  };
}

function optionsOf(words: Record<string, string>): PlainTextOption[] {
  return Object.entries(words).map(([value, text]) => ({ text: plain(text), value }));
}
