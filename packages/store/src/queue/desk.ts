import type { JobWithMetadata } from "pg-boss";
import { failureOf, type Failure } from "./failure.ts";
import type { Look } from "./look.ts";
import { longestRetrySeconds, readWakeup } from "./queue.ts";
import { settleAtLast } from "./settle-at-last.ts";
import type { Settle, Settlement } from "./settle.ts";
import { createWaiting } from "./waiting.ts";

export type WakeupJob = Pick<JobWithMetadata<unknown>, "id" | "data" | "retryCount" | "retryLimit">;

/** A job on the desk. It is done with when all its contracts have been looked at. */
type Ticket = { job: WakeupJob; isAlone: boolean; left: number };

export type DeskOptions = {
  /** `isLast`: a failure of this look is not tried again. */
  look: (contractId: string, isLast: boolean) => Promise<Look>;
  /** Is tried again while PostgreSQL is away, until somebody waits for `idle`. */
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
  /** Resolves when nothing is being looked at any more. Nothing is to be taken any more. */
  idle(): Promise<void>;
};

export function openDesk(options: DeskOptions): Desk {
  const { look, onRoom, onError } = options;
  const closing = new AbortController();
  const settle = settleAtLast(options.settle, closing.signal, onError);
  /** By contract: the look that is under way, and the jobs that came since it began. */
  const looks = new Map<string, { done: Promise<void>; next: Ticket[] }>();
  const waiting = createWaiting(() => performance.now());

  async function lookAndSettle(contractId: string, tickets: Ticket[]): Promise<void> {
    const end = await look(contractId, tickets.every(isLastTry));
    waiting.delete(contractId);
    // Until its next look is queued, nobody may end a job that this contract shares with others.
    const againInSeconds = nextLookOf(tickets, end);
    if (againInSeconds !== null) await settle({ contractId, ...nothingEnds, againInSeconds });
    const ended = endedBy(tickets, end);
    await settle({ contractId, ...ended, againInSeconds: null });
    const inSeconds = againInSeconds ?? (isRetried(tickets, end) ? longestRetrySeconds : null);
    if (inSeconds !== null) waiting.add(contractId, inSeconds);
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
      closing.abort();
      while (looks.size > 0) await Promise.all([...looks.values()].map(({ done }) => done));
    },
  };
}

/** A contract that fails in company is given a job of its own, with tries of its own. */
function isLastTry({ job, isAlone }: Ticket): boolean {
  return isAlone && job.retryCount >= job.retryLimit;
}

const nothingEnds = { done: [], failed: null };

/** Whether pg-boss tries a failed look again by itself: it does so with a job of the contract's own. */
function isRetried(tickets: readonly Ticket[], { outcome }: Look): boolean {
  return outcome === "failed" && tickets.some((one) => one.isAlone && !isLastTry(one));
}

/** In how many seconds the contract is to be looked at by a new job; null where it needs none. */
function nextLookOf(tickets: readonly Ticket[], end: Look): number | null {
  if (end.outcome === "later") return end.inSeconds;
  if (end.outcome !== "failed") return null;
  return isRetried(tickets, end) || tickets.every(isLastTry) ? null : 1;
}

/** What becomes of the jobs when one of their contracts has been looked at. */
function endedBy(tickets: readonly Ticket[], end: Look): Pick<Settlement, "done" | "failed"> {
  for (const ticket of tickets) ticket.left -= 1;
  const alone = idsOf(tickets.filter(({ isAlone }) => isAlone));
  const company = idsOf(tickets.filter(({ isAlone, left }) => !isAlone && left === 0));
  if (end.outcome !== "failed" || alone.length === 0) {
    return { done: [...alone, ...company], failed: null };
  }
  return { done: company, failed: { jobIds: alone, failure: failureOf(end.error) } };
}

function idsOf(tickets: Ticket[]): string[] {
  return tickets.map(({ job }) => job.id);
}
