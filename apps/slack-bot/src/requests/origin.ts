import { z } from "zod";
import type { Asking } from "../asking.ts";
import type { Workspaces } from "../slack/workspaces.ts";

/**
 * Of what Slack sends when somebody uses the app, who asks and from where
 * (https://docs.slack.dev/reference/interaction-payloads).
 */
export const Origin = z.object({
  user: z.object({ id: z.string(), team_id: z.string().nullish() }),
  team: z.object({ id: z.string() }).nullish(),
  enterprise: z.object({ id: z.string() }).nullish(),
  is_enterprise_install: z.boolean().nullish(),
  trigger_id: z.string(),
  channel: z.object({ id: z.string() }).nullish(),
  view: z.object({ app_installed_team_id: z.string().nullish() }).nullish(),
});

export type Origin = z.infer<typeof Origin>;

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
  .transform((form): Origin => {
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

/**
 * The same, from where the app is installed. Of a view in a Slack Connect channel that is what the view says: the
 * rest is of the organization of whoever uses it (https://github.com/slackapi/bolt-js/issues/1614).
 */
export function whereInstalled(origin: Origin): Origin {
  const { team, enterprise, view } = origin;
  const id = view?.app_installed_team_id ?? null;
  if (id === null || id === team?.id || id === enterprise?.id) return origin;
  return { ...origin, team: { id }, enterprise: null, is_enterprise_install: false };
}

export function askingFrom(
  { user, team, enterprise, is_enterprise_install, trigger_id, channel }: Origin,
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
