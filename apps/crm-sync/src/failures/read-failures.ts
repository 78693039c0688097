import { listStuck, type Reader, type StuckContract } from "@countersign/store";
import { findCause } from "../crms/cause.ts";
import type { Crm } from "../crms/crm.ts";
import { destinationsOf } from "../destinations.ts";
import { groupFailures, type FailureGroup } from "./group-failures.ts";

/** More than these are not told apart; an account that refuses so many has one cause. */
const most = 50_000;

/** What is stuck in these CRMs now, with their files, notes and deals' ids, and its groups. */
export async function readFailures(
  reader: Reader,
  crms: readonly Pick<Crm, "id" | "causes">[],
  examples: number,
): Promise<{ stuck: StuckContract[]; groups: FailureGroup[] }> {
  const byDestination = new Map(
    crms.flatMap((crm) => destinationsOf(crm).map((destination) => [destination, crm] as const)),
  );
  const all = await listStuck(reader, {}, most);
  const stuck = all.filter(({ destination }) => byDestination.has(destination));
  const causeIn = (destination: string, code: string) =>
    findCause(code, byDestination.get(destination)?.causes ?? {});
  return { stuck, groups: groupFailures(stuck, causeIn, examples) };
}
