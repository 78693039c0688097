import { listStuck, type Reader, type StuckContract } from "@countersign/store";
import { findCause } from "../crms/cause.ts";
import type { Crm } from "../crms/crm.ts";
import { groupFailures, type FailureGroup } from "./group-failures.ts";

/** More than these are not told apart; an account that refuses so many has one cause. */
const most = 50_000;

/** What is stuck in these CRMs now, and its groups. */
export async function readFailures(
  reader: Reader,
  crms: readonly Pick<Crm, "id" | "causes">[],
  examples: number,
): Promise<{ stuck: StuckContract[]; groups: FailureGroup[] }> {
  const ids = new Set<string>(crms.map(({ id }) => id));
  const all = await listStuck(reader, {}, most);
  const stuck = all.filter(({ destination }) => ids.has(destination));
  const causeIn = (crm: string, code: string) =>
    findCause(code, crms.find(({ id }) => id === crm)?.causes ?? {});
  return { stuck, groups: groupFailures(stuck, causeIn, examples) };
}
