import { z } from "zod";

/** What a workspace, or a whole organization, gave us when somebody installed the app there. */
export const Installation = z.object({
  /** Null where the app is installed for the whole organization. */
  team: z.object({ id: z.string(), name: z.string() }).nullable(),
  /** The organization that a workspace belongs to; null where it belongs to none. */
  enterprise: z.object({ id: z.string(), name: z.string() }).nullable(),
  isOrgWide: z.boolean(),
  appId: z.string(),
  botUserId: z.string(),
  botToken: z.string(),
  /** Where tokens rotate: what the next one is had with, once, and when this one ends. */
  rotation: z.object({ refreshToken: z.string(), endsAt: z.iso.datetime() }).nullable(),
  scopes: z.array(z.string()),
  /** Slack user id. */
  installedBy: z.string(),
});

export type Installation = z.infer<typeof Installation>;

/** The key under which an installation is kept: the organization's id where it is for all of it, else the team's. */
export function keyOfInstallation({ isOrgWide, team, enterprise }: Installation): string {
  return keyOf({
    teamId: team?.id ?? null,
    enterpriseId: enterprise?.id ?? null,
    isOrgWide,
  });
}

/** The same for whatever Slack sends us. */
export function keyOf(from: {
  teamId: string | null;
  enterpriseId: string | null;
  isOrgWide: boolean;
}): string {
  return (from.isOrgWide ? from.enterpriseId : from.teamId) ?? from.enterpriseId ?? "";
}

/** What to call it where people read it. */
export function nameOfInstallation({ isOrgWide, team, enterprise }: Installation): string {
  return (isOrgWide ? enterprise?.name : team?.name) ?? enterprise?.name ?? "";
}

/** Whether the settings name the workspace, or its organization, as one that may see our contracts. */
export function isAllowed({ team, enterprise }: Installation, allowed: readonly string[]): boolean {
  return [team?.id, enterprise?.id].some((id) => id !== undefined && allowed.includes(id));
}

/** Slack's own margin (https://docs.slack.dev/authentication/using-token-rotation): two hours before the end. */
const margin = 7_200_000;

/** Whether the token is to be exchanged for the next one. */
export function isDue({ rotation }: Installation, now: Date): boolean {
  return rotation !== null && Date.parse(rotation.endsAt) - now.getTime() <= margin;
}

/** Whether Slack takes the token still, as far as its end tells. */
export function isAlive({ rotation }: Installation, now: Date): boolean {
  return rotation === null || Date.parse(rotation.endsAt) > now.getTime();
}
