import { may, type Roles } from "../roles.ts";

/** In a channel anybody may read along. */
export function channelShowsAmounts({ allowed }: Roles): boolean {
  return allowed.seeAmounts === "everybody";
}

/** Of their own contracts. Who is an admin by the workspace alone is not asked for here. */
export function ownerSeesAmounts(roles: Roles, userId: string): boolean {
  return may(roles, "seeAmounts", { userId, isWorkspaceAdmin: false, isOwner: true });
}
