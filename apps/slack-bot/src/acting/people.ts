import type { Contract } from "@countersign/core";
import { readPeopleByEmail, readPerson } from "@countersign/store";
import { WebAPIPlatformError } from "@slack/web-api";
import type { Asking } from "../asking.ts";
import type { ContractFacts } from "../contracts/facts.ts";
import { readFacts } from "../contracts/read-facts.ts";
import type { Ports } from "../ports.ts";
import type { Who } from "../roles.ts";

/** Somebody as Slack and what they said of themselves have them. */
export type KnownPerson = {
  workspace: string;
  userId: string;
  email: string | null;
  /** IANA name. */
  timezone: string | null;
  isWorkspaceAdmin: boolean;
};

export async function personOf(
  ports: Ports,
  { workspace, userId }: { workspace: string; userId: string },
): Promise<KnownPerson> {
  const known = await readPerson(ports.store(), { workspace, userId });
  const { client } = await ports.workspaces.open(workspace);
  const { user } = await client.users.info({ user: userId });
  return {
    workspace,
    userId,
    email: known?.email ?? user?.profile?.email ?? null,
    timezone: known?.timezone ?? user?.tz ?? null,
    isWorkspaceAdmin: user?.is_admin === true || user?.is_owner === true,
  };
}

/** Under which address somebody sends contracts and owns deals; Slack is asked only where they did not say. */
export async function emailOf(
  ports: Ports,
  who: { workspace: string; userId: string },
): Promise<string | null> {
  const known = await readPerson(ports.store(), who);
  if (known !== null && known.email !== null) return known.email;
  try {
    return (await personOf(ports, who)).email;
  } catch (error) {
    if (isAnswer(error, ["user_not_found", "user_not_visible"])) return null;
    throw error;
  }
}

function isAnswer(error: unknown, codes: readonly string[]): boolean {
  return error instanceof WebAPIPlatformError && codes.includes(error.data.error);
}

/** Whose address that is: who said so, else whom Slack has it of. */
export async function userOf(
  ports: Ports,
  workspace: string,
  email: string,
): Promise<string | null> {
  const known = await readPeopleByEmail(ports.store(), email);
  const here = known.find((person) => person.workspace === workspace);
  if (here !== undefined) return here.userId;
  const { client } = await ports.workspaces.open(workspace);
  try {
    const { user } = await client.users.lookupByEmail({ email });
    return user?.id ?? null;
  } catch (error) {
    if (isAnswer(error, ["users_not_found"])) return null;
    throw error;
  }
}

export async function whoIs(ports: Ports, asking: Asking, contract: Contract | null): Promise<Who> {
  const person = await personOf(ports, asking);
  const facts = contract === null ? null : await readFacts(ports.store(), ports, contract);
  return whoBefore(person, facts);
}

/** Somebody as roles judge them, before a contract with these facts. */
export function whoBefore(
  { userId, email, isWorkspaceAdmin }: KnownPerson,
  facts: Pick<ContractFacts, "owner"> | null,
): Who {
  const owner = facts?.owner.email?.toLowerCase();
  return { userId, isWorkspaceAdmin, isOwner: email !== null && owner === email.toLowerCase() };
}
