import { z } from "zod";
import type { Filled } from "../views/view.ts";

const Chosen = z.object({ value: z.string().optional() });

/** An element's state (https://docs.slack.dev/reference/interaction-payloads/view-interactions-payload). */
const Entry = z
  .object({
    value: z.string().nullish(),
    selected_option: Chosen.nullish(),
    selected_options: z.array(Chosen).nullish(),
    selected_user: z.string().nullish(),
    selected_conversation: z.string().nullish(),
    selected_date: z.string().nullish(),
    selected_time: z.string().nullish(),
  })
  .transform((entry): string[] => {
    if (entry.selected_options) return entry.selected_options.flatMap(({ value }) => value ?? []);
    const single =
      entry.value ??
      entry.selected_option?.value ??
      entry.selected_user ??
      entry.selected_conversation ??
      entry.selected_date ??
      entry.selected_time;
    return single === null || single === undefined ? [] : [single];
  });

const State = z.record(z.string(), z.record(z.string(), Entry));

/** What was filled into a view, from the `state.values` that Slack sends. */
export function filledIn(values: unknown): Filled {
  return State.parse(values);
}
