import { createHash } from "node:crypto";
import type { SignedRequests } from "../docusign/signed-requests.ts";
import type { Connection } from "./connection.ts";
import { monotonicMs, type Job, type LoadResult } from "./job.ts";
import { createTally, isAccepted } from "./tally.ts";

type Options = Extract<Job, { kind: "at-a-rate" }>;

/**
 * Sends request n when it is due, whatever became of the earlier ones. Latency counts from when a request
 * was due, so that a stall of the server (or of us) is not left out.
 */
export async function sendAtRate(
  connections: readonly Connection[],
  requests: SignedRequests,
  { ratePerSecond, warmup, measured, contractsFrom, deliveries }: Options,
): Promise<LoadResult> {
  const tally = createTally();
  const accepted: number[] = [];
  const measuredFrom = Math.round(warmup * ratePerSecond);
  const started = monotonicMs();
  const dueAt = (index: number) => started + (index * 1_000) / ratePerSecond;
  await sendWhenDue(connections, requests, dueAt, (index, status) => {
    if (isAccepted(status)) accepted.push(index);
    tally.answered(status, index < measuredFrom ? null : monotonicMs() - dueAt(index));
  });
  const first = deliveries === "first";
  const measuredOnes = accepted.filter((index) => index >= measuredFrom);
  return {
    ...tally.result(measured),
    due: first ? measuredOnes.map((index) => [contractsFrom + index, dueAt(index)]) : [],
    digests: first ? [] : accepted.map((index) => bodyDigest(requests.at(index))),
  };
}

/** Resolves when all requests are answered. One that is due while no connection is free waits for the next. */
async function sendWhenDue(
  connections: readonly Connection[],
  requests: SignedRequests,
  dueAt: (index: number) => number,
  onAnswer: (index: number, status: number) => void,
): Promise<void> {
  const { promise: allAnswered, resolve } = Promise.withResolvers<void>();
  const free = [...connections];
  let next = 0;
  let answered = 0;
  const send = (connection: Connection, index: number) =>
    connection.send(requests.at(index), (status) => {
      onAnswer(index, status);
      free.push(connection);
      answered += 1;
      if (answered === requests.count) resolve();
      else sendDue();
    });
  const sendDue = () => {
    while (next < requests.count && dueAt(next) <= monotonicMs()) {
      // In turns, so that none is idle until the server closes it, at the very moment at which it is used again.
      const connection = free.shift();
      if (connection === undefined) return;
      send(connection, next);
      next += 1;
    }
  };
  const timer = setInterval(sendDue, 1);
  await allAnswered;
  clearInterval(timer);
}

function bodyDigest(request: Buffer): string {
  const body = request.subarray(request.indexOf("\r\n\r\n") + 4);
  return createHash("sha256").update(body).digest("hex");
}
