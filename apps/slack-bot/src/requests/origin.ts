import { z } from "zod";
import type { Asking } from "../asking.ts";
import type { Workspaces } from "../slack/workspaces.ts";

/**
 * Of what Slack sends when somebody uses the app, who asks and from where
 * (https://docs.slack.dev/reference/interaction-payloads).
 */
export const Origin = z.object({
  user: z.object({ id: z.string() }),
  team: z.object({ id: z.string() }).nullish(),
  enterprise: z.object({ id: z.string() }).nullish(),
  is_enterprise_install: z.boolean().nullish(),
  trigger_id: z.string(),
  channel: z.object({ id: z.string() }).nullish(),
});

/** A slash command says the same in other words (https://docs.slack.dev/interactivity/implementing-slash-commands). */
export const CommandOrigin = z
  .object({
    user_id: z.string(),
    team_id: z.string(),
    enterprise_id: z.string().optional(),
    is_enterprise_install: z.string().optional(),
    trigger_id: z.string(),
    channel_id: z.string(),
  })
  .transform((form): z.infer<typeof Origin> => {
    const { user_id, team_id, enterprise_id, is_enterprise_install, trigger_id, channel_id } = form;
    return {
      user: { id: user_id },
      team: { id: team_id },
      enterprise: enterprise_id === undefined ? null : { id: enterprise_id },
      is_enterprise_install: is_enterprise_install === "true",
      trigger_id,
      channel: { id: channel_id },
    };
  });

export function askingFrom(
  { user, team, enterprise, is_enterprise_install, trigger_id, channel }: z.infer<typeof Origin>,
  workspaces: Pick<Workspaces, "keyOf">,
): Asking {
  const workspace = workspaces.keyOf({
    teamId: team?.id ?? null,
    enterpriseId: enterprise?.id ?? null,
    isOrgWide: is_enterprise_install === true,
  });
  return {
    workspace,
    userId: user.id,
    channel: channel?.id ?? null,
    triggerId: trigger_id,
    requestId: `slack/${workspace}/${trigger_id}`,
  };
}
