import type { z } from "zod";
import { limits } from "../../limits.ts";
import { lenient, textOf } from "../lenient.ts";
import type { Participant } from "./agreement.ts";

/** One of Adobe's words. */
export const word = lenient.read((value) => textOf(value, limits.note)?.toUpperCase());

const member = {
  id: lenient.text(limits.externalId),
  userId: lenient.text(limits.externalId),
  email: lenient.email,
  name: lenient.text(limits.name),
  status: word,
};

/** The signing status stands on the set; a member is only ACTIVE or REPLACED. */
export const participantSet = {
  role: word,
  order: lenient.order,
  status: word,
  memberInfos: lenient.list(member),
};

type MemberSet = z.infer<z.ZodObject<typeof participantSet>>;
type Member = z.infer<z.ZodObject<typeof member>>;

/** How a person is known: by the address, or by the first id where they have none. */
export function keyOf(
  email: string | undefined,
  ...ids: (string | undefined)[]
): string | undefined {
  return email?.toLowerCase() ?? ids.find((id) => id !== undefined);
}

/** Everybody once. Of somebody in several sets, the set that is still open. */
export function participantsIn(sets: readonly (MemberSet | null)[]): Participant[] {
  const all = sets.flatMap((set) => (set ? membersOf(set) : []));
  return [...Map.groupBy(all, (one) => one.key).values()]
    .flatMap((same) => same.find((one) => one.status !== "COMPLETED") ?? same.slice(0, 1))
    .slice(0, limits.recipients);
}

function membersOf(set: MemberSet): Participant[] {
  const members = (set.memberInfos ?? []).filter((one) => one !== null);
  const active = members.filter((one) => one.status !== "REPLACED");
  return members.flatMap((one) => participantOf(one, set, active.length > 1) ?? []);
}

function participantOf(
  read: Member,
  { role, order, status }: MemberSet,
  isOneOfSeveral: boolean,
): Participant | undefined {
  const key = keyOf(read.email, read.userId, read.id);
  if (key === undefined) return undefined;
  return {
    key,
    memberId: read.id,
    name: read.name,
    email: read.email,
    role,
    order,
    status,
    isReplaced: read.status === "REPLACED",
    isOneOfSeveral,
  };
}
