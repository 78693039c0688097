import { CredentialError, PermanentError, RetryLater } from "@countersign/store";
import type { Crm } from "./crms/crm.ts";
import { faultInTheWay, holdsBack, type Fault } from "./crms/fault.ts";

export type Preflight = {
  /** The CRM, which lets no call through that a fault of its account makes wrong. */
  crm: Crm;
  stop(): void;
};

export type PreflightPorts = {
  /** What stands in the way now; told after each look that found something else than the one before. */
  onFaults: (faults: Fault[], healed: Fault[]) => void;
  /** The look itself failed: the CRM is away, or refuses the credentials. It is repeated. */
  onError: (error: unknown) => void;
};

/** How soon the account is looked at again: admins who mend what holds writes back wait for it. Milliseconds. */
const pace = { whole: 600_000, broken: 60_000 };

/** How long a write waits where nobody knows yet whether it may go. */
const unknownSeconds = 10;

/**
 * Holds countersign.yaml against the live CRM, at once and then regularly. Until the first look is done
 * nothing is written; then only what no fault is about: a wrong field does not stop what does not write it.
 */
export function startPreflight(crm: Crm, { onFaults, onError }: PreflightPorts): Preflight {
  let known: Fault[] = [];
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  let failed: Promise<Fault[]> | null = null;
  let latest = look();

  function look(): Promise<Fault[]> {
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
    if (latest === failed) latest = look();
    try {
      return await latest;
    } catch (error) {
      if (error instanceof CredentialError) throw error;
      throw new RetryLater(unknownSeconds, { cause: error });
    }
  }

  return {
    crm: {
      ...crm,
      async readDeal(recordId) {
        const fault = (await faultsNow()).find(({ stops }) => stops.what === "everything");
        if (fault !== undefined) throw errorOf(fault);
        return crm.readDeal(recordId);
      },
      async writeDeal(deal, values, target) {
        const fault = faultInTheWay(await faultsNow(), target?.on ?? "deal", values);
        if (fault !== null) throw errorOf(fault);
        return crm.writeDeal(deal, values, target);
      },
    },
    stop() {
      stopped = true;
      clearTimeout(timer);
    },
  };
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
