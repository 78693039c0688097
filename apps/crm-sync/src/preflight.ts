import { CredentialError, PermanentError, RetryLater } from "@countersign/store";
import type { Crm } from "./crms/crm.ts";
import { faultInTheWay, holdsBack, type Fault } from "./crms/fault.ts";

export type Preflight = {
  /** The CRM, which lets no call through that a fault of its account makes wrong. */
  crm: Crm;
  stop(): void;
};

export type PreflightPorts = {
  /** Milliseconds, on a clock that only goes forward. */
  now: () => number;
  /** What stands in the way now; told after each look that found something else than the one before. */
  onFaults: (faults: Fault[], healed: Fault[]) => void;
  /** The look itself failed: the CRM is away, or refuses the credentials. It is repeated. */
  onError: (error: unknown) => void;
};

/** How soon the account is looked at again: admins who mend what holds writes back wait for it. Milliseconds. */
const pace = { whole: 600_000, broken: 60_000 };

/** Each try of a queue that waits for a grant is to see whether it is there: a little less than queues wait. Milliseconds. */
const triesApart = 25_000;

/** How often refusals may have the account looked at, where every look finds it whole. Milliseconds. */
const doubtsApart = 30_000;

/** How long a write waits where nobody knows yet whether it may go. */
const unknownSeconds = 10;

/**
 * Holds countersign.yaml against the live CRM, at once and then regularly. Until the first look is done
 * nothing is written; then only what no fault is about: a wrong field does not stop what does not write it.
 */
export function startPreflight(crm: Crm, { now, onFaults, onError }: PreflightPorts): Preflight {
  let known: Fault[] = [];
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  let failed: Promise<Fault[]> | null = null;
  let lookedAt = 0;
  let doubtedAt = Number.NEGATIVE_INFINITY;
  let latest = look();

  function look(): Promise<Fault[]> {
    lookedAt = now();
    const looking = check();
    looking.catch((error: unknown) => {
      failed = looking;
      onError(error);
    });
    looking
      .then((faults) => (faults.some(holdsBack) ? pace.broken : pace.whole))
      .catch(() => pace.broken)
      .then(lookAgainIn, onError);
    return looking;
  }

  async function check(): Promise<Fault[]> {
    const faults = await crm.check();
    const news = faults.filter((fault) => !known.some(isSame(fault)));
    const healed = known.filter((fault) => !faults.some(isSame(fault)));
    known = faults;
    if (news.length + healed.length > 0) onFaults(faults, healed);
    return faults;
  }

  function lookAgainIn(milliseconds: number): void {
    clearTimeout(timer);
    if (stopped) return;
    timer = setTimeout(() => void (latest = look()), milliseconds);
    timer.unref();
  }

  async function faultsNow(): Promise<Fault[]> {
    // The queue comes back in its own time: how the look before that failed says nothing of now.
    const isOld = faultForAll(known) !== null && now() - lookedAt >= triesApart;
    if (latest === failed || isOld) latest = look();
    try {
      return await latest;
    } catch (error) {
      if (error instanceof CredentialError) throw error;
      throw new RetryLater(unknownSeconds, { cause: error });
    }
  }

  /**
   * Calls where no fault is in the way. What was whole when it was looked at may be broken by now, as where another
   * user has taken over: a refusal that says so is looked into before it is believed.
   */
  async function unlessFaulty<Result>(
    inTheWay: (faults: readonly Fault[]) => Fault | null,
    call: () => Promise<Result>,
  ): Promise<Result> {
    const fault = inTheWay(await faultsNow());
    if (fault !== null) throw errorOf(fault);
    const begun = now();
    try {
      return await call();
    } catch (error) {
      if (!(error instanceof PermanentError) || !crm.unfit.includes(error.code)) throw error;
      if (lookedAt < begun && begun - doubtedAt >= doubtsApart) {
        doubtedAt = begun;
        latest = look();
      }
      const found = inTheWay(await faultsNow());
      throw found === null ? error : errorOf(found);
    }
  }

  return {
    crm: {
      ...crm,
      readDeal: (recordId) => unlessFaulty(faultForAll, () => crm.readDeal(recordId)),
      writeDeal: (deal, values, target, isTimely) =>
        unlessFaulty(
          (faults) => faultInTheWay(faults, target?.on ?? "deal", values),
          () => crm.writeDeal(deal, values, target, isTimely),
        ),
    },
    stop() {
      stopped = true;
      clearTimeout(timer);
    },
  };
}

function faultForAll(faults: readonly Fault[]): Fault | null {
  return faults.find(({ stops }) => stops.what === "everything") ?? null;
}

/** What stops everything pauses the queue, with one alert; anything else is a matter of the contract. */
function errorOf({ code, message, fix, stops }: Fault): Error {
  const said = `${message} ${fix}`;
  if (stops.what === "everything") return new CredentialError(code, said);
  return new PermanentError(code, said);
}

function isSame(one: Fault): (other: Fault) => boolean {
  return ({ code, place, message }) =>
    code === one.code && place === one.place && message === one.message;
}
