import { z } from "zod";
import type { Use } from "../actions/action.ts";

const Chosen = z.object({ value: z.string().optional() });

/**
 * A used button or menu as Slack tells of it, and where it stands
 * (https://docs.slack.dev/reference/interaction-payloads/block_actions-payload).
 */
export const ActionPayload = z.object({
  action: z.object({
    value: z.string().optional(),
    selected_option: Chosen.nullish(),
    selected_options: z.array(Chosen).optional(),
    selected_user: z.string().nullish(),
    selected_conversation: z.string().nullish(),
    selected_channel: z.string().nullish(),
    selected_date: z.string().nullish(),
    selected_time: z.string().nullish(),
  }),
  container: z
    .object({ message_ts: z.string().optional(), channel_id: z.string().optional() })
    .optional(),
  view: z
    .object({
      id: z.string(),
      hash: z.string(),
      callback_id: z.string().default(""),
      private_metadata: z.string().default(""),
      type: z.enum(["modal", "home"]),
    })
    .nullish(),
});

export function useOf({ action, container, view }: z.infer<typeof ActionPayload>): Use {
  const values = (action.selected_options ?? []).flatMap(({ value }) => value ?? []);
  const value =
    action.value ??
    action.selected_option?.value ??
    action.selected_user ??
    action.selected_conversation ??
    action.selected_channel ??
    action.selected_date ??
    action.selected_time ??
    "";
  const { message_ts: ts, channel_id: channel } = container ?? {};
  return {
    value,
    values,
    message: ts === undefined || channel === undefined ? null : { channel, ts },
    view:
      view === null || view === undefined
        ? null
        : {
            id: view.id,
            hash: view.hash,
            callbackId: view.callback_id,
            privateMetadata: view.private_metadata,
            type: view.type,
          },
  };
}
