import { clip } from "@countersign/core";
import type { StoredContract } from "../contracts.ts";
import { recordFailed } from "../effects.ts";
import type { Ties } from "../links.ts";
import type { Store } from "../store.ts";
import { markAnswered, markFollowed, markStuck, readStanding, type Seen } from "./cursor.ts";
import { CredentialError, Outdated, PermanentError, RetryLater } from "./errors.ts";
import { failureOf } from "./failure.ts";
import type { Pause } from "./pause.ts";

/**
 * Makes a destination match a contract, and says whether that took a call: only a call that worked proves
 * that the destination takes our credentials. `ties` are the contract's.
 */
export type Bring = (stored: StoredContract, ties: Ties) => Promise<"called" | "not-called">;

/** How one look at a contract ended. */
export type Look =
  | { outcome: "followed"; by: Awaited<ReturnType<Bring>> }
  /** Nothing has changed since the last look. */
  | { outcome: "current" }
  | { outcome: "later"; inSeconds: number }
  | { outcome: "permanent"; error: PermanentError }
  | { outcome: "failed"; error: unknown };

export type LookPorts = { store: Store; destination: string; bring: Bring; pause: Pause };

/** How often a contract that changes while it is looked at is looked at again before it is left for a while. */
const looks = 3;

/**
 * Looks at a contract as it is now and brings the destination to it, unless somebody else is doing so.
 * `isLast`: a failure will not be tried again, and is written into the ledger.
 */
export async function lookAt(ports: LookPorts, contractId: string, isLast: boolean): Promise<Look> {
  const wait = ports.pause.secondsLeft();
  if (wait > 0) return { outcome: "later", inSeconds: wait };
  for (let look = 1; ; look += 1) {
    try {
      return await lookAlone(ports, contractId, isLast);
    } catch (error) {
      if (error instanceof Outdated && look < looks) continue;
      if (error instanceof RetryLater) return { outcome: "later", inSeconds: error.seconds };
      if (!(error instanceof CredentialError)) return { outcome: "failed", error };
      ports.pause.refused(error.code, error.message);
      return { outcome: "later", inSeconds: ports.pause.secondsLeft() };
    }
  }
}

async function lookAlone(ports: LookPorts, contractId: string, isLast: boolean): Promise<Look> {
  const { store, destination, pause } = ports;
  const lock = `${store.schema} ${destination} ${contractId}`;
  const look = await store.locks.whileAlone(lock, () => bringUpToDate(ports, contractId, isLast));
  if (look?.outcome === "followed" && look.by === "called") pause.worked();
  return look ?? { outcome: "later", inSeconds: 1 };
}

async function bringUpToDate(
  { store, destination, bring }: LookPorts,
  contractId: string,
  isLast: boolean,
): Promise<Look> {
  const standing = await readStanding(store, destination, contractId);
  const { stored, followed, asked, answered, passedOver } = standing;
  if (stored === null) return { outcome: "current" };
  const seen = { contractId, version: stored.version, asked, answered };
  if (stored.version <= passedOver) {
    if (asked > answered) await markAnswered(store, destination, seen);
    return { outcome: "current" };
  }
  if (followed >= stored.version && answered >= asked) return { outcome: "current" };
  try {
    const by = await bring(stored, standing.ties);
    await markFollowed(store, destination, seen);
    return { outcome: "followed", by };
  } catch (error) {
    if (error instanceof PermanentError) {
      await markStuck(store, destination, seen);
      return { outcome: "permanent", error };
    }
    if (isLast && !(error instanceof RetryLater) && !(error instanceof CredentialError)) {
      await giveUp(store, destination, seen, error);
    }
    throw error;
  }
}

/** Says in the ledger what kept failing. The job becomes a dead letter, which can be tried again. */
async function giveUp(
  store: Store,
  destination: string,
  seen: Seen,
  error: unknown,
): Promise<void> {
  const { contractId, version } = seen;
  const { name } = failureOf(error);
  const message = clip(error instanceof Error ? error.message : "", 500);
  await recordFailed(
    store,
    {
      key: `${destination}/${contractId}/v${version}/gave-up`,
      destination,
      contractId,
      target: "",
      kind: "follow",
      plan: { version },
    },
    {
      code: "gave-up",
      message: `It failed each time that it was tried: ${name}: ${message}. When the cause is removed: countersign deadletters redrive.`,
    },
  );
  await markStuck(store, destination, seen);
}
