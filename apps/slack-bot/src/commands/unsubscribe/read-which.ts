/** Which of a channel's subscriptions are to go. */
export type Which = { kind: "these"; ids: string[] } | { kind: "ask" } | { kind: "unknown" };

/** Reads a number from 1, `all`, or nothing: that names the one where there is only one. */
export function readWhich(words: string, ids: readonly string[]): Which {
  const typed = words.trim().toLowerCase().replace(/^#/u, "");
  if (ids.length === 0) return { kind: "ask" };
  if (typed === "all") return { kind: "these", ids: [...ids] };
  if (typed === "") return ids.length === 1 ? { kind: "these", ids: [...ids] } : { kind: "ask" };
  const id = /^\d{1,3}\.?$/.test(typed) ? ids[Number.parseInt(typed, 10) - 1] : undefined;
  return id === undefined ? { kind: "unknown" } : { kind: "these", ids: [id] };
}
