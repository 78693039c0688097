import {
  CredentialError,
  PermanentError,
  readEffects,
  readEvents,
  readQuieted,
  RetryLater,
  type Quieted,
  type Store,
  type StoredContract,
  type Ties,
} from "@countersign/store";
import { offersOf } from "../contracts/offers.ts";
import { readFacts } from "../contracts/read-facts.ts";
import type { Ports } from "../ports.ts";
import { isAboutTarget } from "../slack/errors.ts";
import { showIn, type Subject } from "./show-in.ts";
import type { Target } from "./target.ts";

export type NotifyPorts = Pick<Ports, "sources" | "dealFields"> & {
  store: Store;
  /** Where people hear of a contract now. */
  audienceOf(
    asked: Pick<Subject, "facts" | "events" | "effects"> & { quieted: Quieted[] },
  ): Promise<Target[]>;
  /** The channel or person of a target can no longer be posted to. */
  lose(target: Target, why: PermanentError): Promise<void>;
};

/**
 * Brings a contract up to date wherever people hear of it, and says whether that took a call to Slack. A place
 * that fails holds up no other. To be called by one worker at a time for a contract; throws as `follow`
 * expects it.
 */
export async function notify(
  ports: NotifyPorts,
  { contract, version }: StoredContract,
  ties?: Ties,
): Promise<"called" | "not-called"> {
  const { store } = ports;
  const [effects, events, facts, quieted] = await Promise.all([
    readEffects(store, contract.id, "slack"),
    readEvents(store.database, contract.id),
    readFacts(store, ports, contract, ties),
    readQuieted(store, contract.id),
  ]);
  const offers = offersOf(ports, facts);
  const subject: Subject = { contract, version, events, facts, offers, effects };
  const targets = await ports.audienceOf({ ...subject, quieted });
  const shown = await Promise.all(targets.map((target) => showOrSay(ports, target, subject)));
  const failed = shown.flatMap((end) => (end.outcome === "failed" ? [end.error] : []));
  if (failed.length > 0) throw gravest(failed);
  return shown.some(({ outcome }) => outcome === "called") ? "called" : "not-called";
}

type Shown = { outcome: "called" | "not-called" } | { outcome: "failed"; error: unknown };

async function showOrSay(ports: NotifyPorts, target: Target, subject: Subject): Promise<Shown> {
  try {
    const called = await showIn(ports.store, target, subject);
    return { outcome: called ? "called" : "not-called" };
  } catch (error) {
    if (!(error instanceof PermanentError) || !isAboutTarget(error.code)) {
      return { outcome: "failed", error };
    }
    await ports.lose(target, error);
    return { outcome: "not-called" };
  }
}

/**
 * Which of several failures is to be thrown: what stops everything, then what is tried again soonest. What
 * cannot be helped comes last, for it ends the trying.
 */
function gravest(errors: readonly unknown[]): unknown {
  const credential = errors.find((error) => error instanceof CredentialError);
  if (credential !== undefined) return credential;
  const fault = errors.find(
    (error) => !(error instanceof RetryLater) && !(error instanceof PermanentError),
  );
  if (fault !== undefined) return fault;
  const laters = errors.filter((error) => error instanceof RetryLater);
  return laters.toSorted((a, b) => a.seconds - b.seconds)[0] ?? errors[0];
}
