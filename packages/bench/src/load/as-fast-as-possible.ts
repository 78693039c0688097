import type { SignedRequests } from "../docusign/signed-requests.ts";
import type { Connection } from "./connection.ts";
import type { Job, LoadResult } from "./job.ts";
import { createTally } from "./tally.ts";

type Options = Extract<Job, { kind: "as-fast-as-possible" }>;

/**
 * Each connection sends its next request as soon as it has its answer. When the time is up, or all requests
 * are sent, the answers still to come are waited for.
 */
export async function sendAsFastAsPossible(
  connections: readonly Connection[],
  requests: SignedRequests,
  { warmup, measured, again }: Options,
): Promise<LoadResult> {
  const tally = createTally();
  const from = performance.now() + warmup * 1_000;
  let until = from + measured * 1_000;
  let next = 0;
  const take = (): Buffer | null => {
    const now = performance.now();
    if (now >= until) return null;
    if (next === requests.count && !again) until = now;
    if (now >= until) return null;
    next += 1;
    return requests.at((next - 1) % requests.count);
  };
  const sendNext = (connection: Connection, onEnd: () => void): void => {
    const request = take();
    if (request === null) return onEnd();
    const sentAt = performance.now();
    connection.send(request, (status) => {
      const now = performance.now();
      tally.answered(status, now >= from && now < until ? now - sentAt : null);
      sendNext(connection, onEnd);
    });
  };
  const sending = connections.map(
    (connection) => new Promise<void>((resolve) => sendNext(connection, resolve)),
  );
  await Promise.all(sending);
  return { ...tally.result((until - from) / 1_000), due: [], digests: [] };
}
