import type { Authorize } from "@slack/bolt";
import type { Workspaces } from "./workspaces.ts";

/** Gives Bolt the token of the workspace that a request comes from. */
export function authorize(workspaces: Pick<Workspaces, "keyOf" | "open">): Authorize<boolean> {
  return async ({ teamId, enterpriseId, isEnterpriseInstall }) => {
    const key = workspaces.keyOf({
      teamId: teamId ?? null,
      enterpriseId: enterpriseId ?? null,
      isOrgWide: isEnterpriseInstall,
    });
    const { client } = await workspaces.open(key);
    return client.token === undefined ? {} : { botToken: client.token };
  };
}
