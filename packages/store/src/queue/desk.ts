import type { JobWithMetadata } from "pg-boss";
import { failureOf, type Failure } from "./failure.ts";
import type { Look } from "./look.ts";
import { readWakeup } from "./queue.ts";
import type { Settle, Settlement } from "./settle.ts";

export type WakeupJob = JobWithMetadata<unknown>;

/** A job on the desk. It is done with when all its contracts have been looked at. */
type Ticket = { job: WakeupJob; isAlone: boolean; left: number };

export type DeskOptions = {
  /** `isLast`: a failure of this look is not tried again. */
  look: (contractId: string, isLast: boolean) => Promise<Look>;
  settle: Settle;
  /** There is room for more. */
  onRoom: () => void;
  onError: (error: unknown) => void;
};

/** The contracts that are being looked at, each by one look at a time, which may settle many jobs. */
export type Desk = {
  take(jobs: WakeupJob[]): void;
  /** Contracts that are being looked at. */
  underWay(): number;
  /** Whether the contract's next look is queued. */
  isWaiting: (contractId: string) => boolean;
  /** Resolves when nothing is being looked at any more. */
  idle(): Promise<void>;
};

export function openDesk({ look, settle, onRoom, onError }: DeskOptions): Desk {
  /** By contract: the look that is under way, and the jobs that came since it began. */
  const looks = new Map<string, { done: Promise<void>; next: Ticket[] }>();
  const waiting = new Set<string>();

  async function lookAndSettle(contractId: string, tickets: Ticket[]): Promise<void> {
    const end = await look(contractId, tickets.every(isLastTry));
    const settlement = settlementOf(contractId, tickets, end);
    if (end.outcome === "later" || end.outcome === "failed") waiting.add(contractId);
    else waiting.delete(contractId);
    await settle(settlement);
  }

  /** What comes while a look is under way may be about a later state: it gets a look of its own. */
  async function lookUntilStill(contractId: string, tickets: Ticket[]): Promise<void> {
    try {
      await lookAndSettle(contractId, tickets);
    } catch (error) {
      // The jobs stay taken, and expire into a retry.
      onError(error);
    }
    const next = looks.get(contractId)?.next ?? [];
    looks.delete(contractId);
    if (next.length > 0) begin(contractId, next);
    onRoom();
  }

  function begin(contractId: string, tickets: Ticket[]): void {
    const entry = { done: Promise.resolve(), next: [] };
    looks.set(contractId, entry);
    entry.done = lookUntilStill(contractId, tickets);
  }

  function refuse({ id }: WakeupJob): void {
    const failure: Failure = { name: "Unreadable", code: null };
    const failed = { jobIds: [id], failure };
    settle({ contractId: "", done: [], failed, againInSeconds: null }).catch(onError);
  }

  return {
    take(jobs) {
      const byContract = new Map<string, Ticket[]>();
      for (const job of jobs) {
        const contractIds = readWakeup(job.data);
        if (contractIds.length === 0) refuse(job);
        const ticket = { job, isAlone: contractIds.length === 1, left: contractIds.length };
        for (const id of contractIds) byContract.set(id, [...(byContract.get(id) ?? []), ticket]);
      }
      for (const [contractId, tickets] of byContract) {
        const current = looks.get(contractId);
        if (current === undefined) begin(contractId, tickets);
        else current.next.push(...tickets);
      }
    },
    underWay: () => looks.size,
    isWaiting: (contractId) => waiting.has(contractId),
    async idle() {
      while (looks.size > 0) await Promise.all([...looks.values()].map(({ done }) => done));
    },
  };
}

/** A contract that fails in company is given a job of its own, with tries of its own. */
function isLastTry({ job, isAlone }: Ticket): boolean {
  return isAlone && job.retryCount >= job.retryLimit;
}

function settlementOf(contractId: string, tickets: Ticket[], look: Look): Settlement {
  for (const ticket of tickets) ticket.left -= 1;
  const alone = idsOf(tickets.filter(({ isAlone }) => isAlone));
  const company = idsOf(tickets.filter(({ isAlone, left }) => !isAlone && left === 0));
  const done = { contractId, done: [...alone, ...company], failed: null, againInSeconds: null };
  switch (look.outcome) {
    case "followed":
    case "current":
    case "permanent":
      return done;
    case "later":
      return { ...done, againInSeconds: look.inSeconds };
    case "failed": {
      if (alone.length === 0) return { ...done, againInSeconds: 1 };
      const failure = failureOf(look.error);
      return { ...done, done: company, failed: { jobIds: alone, failure } };
    }
  }
}

function idsOf(tickets: Ticket[]): string[] {
  return tickets.map(({ job }) => job.id);
}
