/** What not everybody may do. */
export type Duty = "link" | "muteForOthers" | "subscribe" | "seeAmounts" | "remind";

/** Who may: everybody, the contract's owner and admins, admins alone, or those named by user id (and admins). */
export type Allowed = "everybody" | "owner" | "admins" | readonly string[];

export type Roles = {
  /** Slack user ids of those who administer Countersign; null: the workspace's own admins. */
  admins: readonly string[] | null;
  allowed: Readonly<Record<Duty, Allowed>>;
};

/** `isOwner`: of the contract in question; false where there is none. */
export type Who = { userId: string; isWorkspaceAdmin: boolean; isOwner: boolean };

export function isAdmin({ admins }: Roles, who: Pick<Who, "userId" | "isWorkspaceAdmin">): boolean {
  return admins === null ? who.isWorkspaceAdmin : admins.includes(who.userId);
}

export function may(roles: Roles, duty: Duty, who: Who): boolean {
  const allowed = roles.allowed[duty];
  if (allowed === "everybody" || isAdmin(roles, who)) return true;
  if (allowed === "owner") return who.isOwner;
  return allowed !== "admins" && allowed.includes(who.userId);
}
