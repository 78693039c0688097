import type { Answer, Contract } from "@countersign/core";
import { claimEffect, readEffects, settleEffect, type Store } from "@countersign/store";
import type { Ports } from "../ports.ts";
import {
  decideReminder,
  remindKind,
  unknownEnd,
  type ReminderPlan,
  type ReminderStanding,
} from "./decide.ts";

/** What came of asking for a reminder. */
export type Reminded =
  | { kind: "sent"; whom: (string | null)[] }
  /** The source has no such call, or no credentials for it. */
  | { kind: "impossible" }
  | Exclude<ReminderStanding, { kind: "now" }>
  /** The provider says no, in its own words. */
  | { kind: "refused"; reason: string }
  /** It asks to come back. */
  | { kind: "later"; seconds: number }
  /** Our credentials are not taken. */
  | { kind: "unauthorized" }
  | { kind: "missing" }
  | { kind: "no-answer" };

/**
 * Has the provider remind everybody whose turn it is, at most once in four hours. Who asked stands in the
 * ledger, whatever comes of it. A call without an answer counts, since nobody can ask whether it was done.
 */
export async function remind(
  { store, sources }: Pick<Ports, "sources"> & { store: Store },
  contract: Contract,
  by: string,
): Promise<Reminded> {
  const provider = sources.providerOf(contract.source);
  if (provider === null || !sources.canRemind(contract.source)) return { kind: "impossible" };
  const standing = async () => {
    const effects = await readEffects(store, contract.id, provider.id);
    return decideReminder(contract, effects, store.now());
  };
  const decided = await standing();
  if (decided.kind !== "now") return decided;
  const { key, whom, stale } = decided;
  for (const { id } of stale) await settleEffect(store, id, noAnswer);
  const plan: ReminderPlan = { by, whom };
  const about = { destination: provider.id, contractId: contract.id, target: contract.externalId };
  const claim = await claimEffect(store, { ...about, key, kind: remindKind, plan });
  if (claim.may !== "call") {
    // Somebody asked at the same moment.
    const again = await standing();
    return again.kind === "now" ? { kind: "no-answer" } : again;
  }
  return call(store, sources, contract, { effectId: claim.effect.id, whom });
}

const noAnswer = {
  status: "failed",
  code: unknownEnd,
  message: "The provider gave no answer: whether the reminder was sent is not known.",
} as const;

async function call(
  store: Store,
  sources: Ports["sources"],
  contract: Contract,
  { effectId, whom }: { effectId: string; whom: (string | null)[] },
): Promise<Reminded> {
  const answer = await sources.remind(contract).catch(() => null);
  if (answer === null) {
    await settleEffect(store, effectId, noAnswer);
    return { kind: "no-answer" };
  }
  if (answer.outcome === "ok") {
    await settleEffect(store, effectId, { status: "done", outsideId: null });
    return { kind: "sent", whom };
  }
  const { code, message, reminded } = readRefusal(answer);
  await settleEffect(store, effectId, { status: "failed", code, message });
  return reminded;
}

type Refusal = { code: string; message: string; reminded: Reminded };

function readRefusal(answer: Exclude<Answer<null>, { outcome: "ok" }>): Refusal {
  switch (answer.outcome) {
    case "refused": {
      const { code, message } = answer;
      return { code, message, reminded: { kind: "refused", reason: message } };
    }
    case "unauthorized":
      return { code: "unauthorized", message: answer.message, reminded: { kind: "unauthorized" } };
    case "later": {
      const { seconds } = answer;
      const message = `The provider asks to wait ${seconds} seconds.`;
      return { code: "later", message, reminded: { kind: "later", seconds } };
    }
    case "missing": {
      const message = "The provider does not know this contract.";
      return { code: "missing", message, reminded: { kind: "missing" } };
    }
  }
}
