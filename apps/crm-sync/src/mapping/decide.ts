import { openStatuses, type Contract, type ContractStatus } from "@countersign/core";
import type { Rules } from "./mapping.ts";

/** What is read of a contract to tell which of several speaks for their deal. */
export type Peer = Pick<
  Contract,
  "id" | "status" | "sentAt" | "createdAt" | "endedAt" | "lastEventAt" | "fields"
>;

/**
 * Which of a deal's contracts speaks for it: its status moves the deal, and its values fill the fields. The
 * same set of contracts gives the same answer in whatever order. `peers` holds at least one.
 *
 * - `any`: the one that got furthest. One that ended unsigned speaks only where all did.
 * - `all`: the one that is furthest behind, so that the deal is won when the last is signed. A voided one
 *   holds up nobody; one that was declined or has expired speaks when no other is open any more.
 * - `primary`: the one that its custom field names, else the one that was sent first.
 */
export function decide<One extends { contract: Peer }>(
  peers: readonly [One, ...One[]],
  { several, primaryField }: Pick<Rules, "several" | "primaryField">,
): One {
  const [first] = peers;
  const rank = (one: One) => ranks[several](one.contract, primaryField);
  return peers.reduce((best, one) => (isBefore(rank(one), rank(best)) ? one : best), first);
}

/** Numbers sort upwards; of texts the first or the last comes first. */
type Rank = { number: number; text: string; later: boolean; id: string };

const order: ContractStatus[] = ["draft", "sent", "viewed", "partially_signed", "completed"];

const ranks: Record<Rules["several"], (contract: Peer, primaryField: string) => Rank> = {
  any: ({ status, lastEventAt, id }) => ({
    number: -order.indexOf(status),
    text: lastEventAt ?? "",
    later: true,
    id,
  }),
  all: ({ status, lastEventAt, id }) => ({
    number: turnOf(status),
    text: lastEventAt ?? "",
    later: true,
    id,
  }),
  primary: ({ fields, sentAt, createdAt, id }, primaryField) => ({
    number: /^(yes|true|1)$/i.test(fields[primaryField]?.trim() ?? "") ? 0 : 1,
    text: sentAt ?? createdAt ?? "9999",
    later: false,
    id,
  }),
};

/** First what is open, the furthest behind foremost; then what was declined or has expired, what is signed, what was voided. */
function turnOf(status: ContractStatus): number {
  if (openStatuses.has(status)) return order.indexOf(status);
  if (status === "voided") return 12;
  return status === "completed" ? 11 : 10;
}

function isBefore(a: Rank, b: Rank): boolean {
  if (a.number !== b.number) return a.number < b.number;
  if (a.text !== b.text) return a.later ? a.text > b.text : a.text < b.text;
  return a.id < b.id;
}
