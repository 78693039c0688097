import { quiet, readQuieted, unquiet, wake, wakeAt, type Store } from "@countersign/store";

/** Whom a contract is quiet for: a person, or everybody in a channel. */
export type Scope = "me" | "here";

/** Who hears no more of a contract, by the id of the person or the channel. */
export type Audience = { workspace: string; audience: string; contractId: string };

/**
 * Keeps the contract quiet until then, for good where `until` is null. At the end of a snooze it is looked at
 * again, and what happened meanwhile is told.
 */
export async function hush(
  store: Store,
  { until, by, ...audience }: Audience & { until: Date | null; by: string },
): Promise<void> {
  if (until !== null) await wakeAt(store, "slack", audience.contractId, until);
  await quiet(store, { ...audience, until, madeBy: by });
}

/** Lets the contract be heard of again: false where it was. */
export async function unhush(store: Store, audience: Audience): Promise<boolean> {
  const standing = await readQuieted(store, audience.contractId);
  const own = standing.find(
    (one) => one.workspace === audience.workspace && one.audience === audience.audience,
  );
  const wasQuiet = own !== undefined && (own.until === null || own.until > store.now());
  const isRemoved = await unquiet(store, audience);
  if (isRemoved) await wake(store, "slack", [audience.contractId]);
  return wasQuiet && isRemoved;
}
