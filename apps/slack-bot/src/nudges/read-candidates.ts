import { readOpen, readStalling, type StoredContract } from "@countersign/store";
import type { Ports } from "../ports.ts";
import { staleAfterDays } from "./plan-nudges.ts";

const pageLength = 200;

/** How many contracts that expire soon are looked at, those first that expire first. */
const mostExpiring = 2_000;

const day = 86_400_000;

/** Open contracts that may have stalled of late, each once, in pages. */
export async function* readCandidates(
  ports: Pick<Ports, "store" | "now" | "stalls" | "workingHours">,
): AsyncGenerator<StoredContract[]> {
  const now = ports.now();
  const never = new Date(0);
  const by = new Date(now.getTime() + ports.stalls.expiresWithinDays * day);
  const since = { viewed: never, quiet: never, expires: { after: now, by } };
  const { contracts: expiring } = await readStalling(ports.store(), since, mostExpiring);
  yield expiring;
  const seen = new Set(expiring.map(({ contract }) => contract.id));
  let after = { lastEventAt: earliest(ports, now).toISOString(), id: "" };
  for (;;) {
    const open = await readOpen(ports.store(), pageLength, after);
    yield open.filter(({ contract }) => !seen.has(contract.id));
    const last = open.at(-1)?.contract;
    if (last === undefined || open.length < pageLength) return;
    after = { lastEventAt: last.lastEventAt ?? "", id: last.id };
  }
}

/** What was last heard of before then has stalled too long ago for anybody to be told. */
function earliest(
  { stalls, workingHours }: Pick<Ports, "stalls" | "workingHours">,
  now: Date,
): Date {
  const waits = Math.max(stalls.viewedDays, stalls.partlySignedDays);
  const workingDays = waits + staleAfterDays + stalls.escalateAfterDays;
  const weeks = Math.ceil(workingDays / workingHours.days.length) + 1;
  return new Date(now.getTime() - weeks * 7 * day);
}
