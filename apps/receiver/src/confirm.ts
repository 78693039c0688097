import type { Http, Normalized, Provider, ProviderConnection } from "@countersign/core";
import {
  PermanentError,
  RetryLater,
  type Bring,
  type Delivery,
  type PauseChange,
  type Recorded,
  type StoredContract,
} from "@countersign/store";
import type { Source } from "./config.ts";
import { createLane, type Lane, type Passed } from "./lane.ts";
import { deliveryOf } from "./read-back.ts";

/** A source whose endings are confirmed, with the way to read its contracts. */
export type Confirming = {
  name: string;
  provider: Pick<Provider, "id">;
  connection: ProviderConnection;
  lane: Lane;
};

/** Contracts of a source that are read back at the same time. */
export const readingsAtOnce = 2;

/** The sources that confirm endings, each connected to its provider's API. */
export function confirmingSources(
  sources: ReadonlyMap<string, Source>,
  ports: { http: Http; now: () => Date },
  onPause: (source: string, change: PauseChange) => void,
): Map<string, Confirming> {
  const confirming = new Map<string, Confirming>();
  for (const { name, provider, settings, confirmsEndings, access } of sources.values()) {
    if (!confirmsEndings || provider.client === undefined) continue;
    const connection = provider.client.connect(access, { ...ports, settings });
    const lane = createLane({
      now: ports.now,
      onPause: onPause.bind(null, name),
      atOnce: readingsAtOnce,
    });
    confirming.set(name, { name, provider, connection, lane });
  }
  return confirming;
}

type ConfirmPorts = {
  record: (delivery: Delivery, normalized: Normalized) => Promise<Recorded>;
  now: () => Date;
};

/** How often a claim is held against the provider, and for how long, in seconds. */
const everySeconds = 60;
const forSeconds = 3_600;

/**
 * Follows the contracts whose ending is only claimed, reads them back from their provider and records what
 * that proves. A claim that the provider does not confirm within an hour stays unconfirmed.
 */
export function createConfirm(
  sources: ReadonlyMap<string, Confirming>,
  { record, now }: ConfirmPorts,
): (stored: StoredContract) => ReturnType<Bring> {
  return async ({ contract, changedAt }) => {
    const source = sources.get(contract.source);
    if (source === undefined || contract.unconfirmed === null) return "not-called";
    const { connection, lane } = source;
    const reading = valueOf(await lane(() => connection.fetchContract(contract.externalId)));
    const delivery = deliveryOf(source, reading, { via: "reconcile", receivedAt: now() });
    const recorded = await record(delivery, { understood: true, reports: [reading.report] });
    if (recorded.outcome === "recorded" && recorded.changed.length > 0) return "called";
    if (now().getTime() - changedAt.getTime() < forSeconds * 1_000)
      throw new RetryLater(everySeconds);
    throw new PermanentError(
      "not-confirmed",
      `A webhook says that the contract is ${contract.unconfirmed}, but its provider does not. Look at it there.`,
    );
  };
}

/** What was read; the other answers as `follow` expects them. */
function valueOf<Value>(answer: Passed<Value>): Value {
  switch (answer.outcome) {
    case "ok":
      return answer.value;
    case "later":
      throw new RetryLater(answer.seconds);
    case "refused":
      throw new PermanentError(answer.code, answer.message);
    case "missing":
      throw new PermanentError("missing", "The provider does not know this contract.");
  }
}
