import type { JobWithMetadata } from "pg-boss";
import { gather, type Gathered } from "../gather.ts";
import type { prepared } from "../statement.ts";

type Options = { batchSize: number; db: ReturnType<typeof prepared> };
type Jobs = JobWithMetadata<unknown>[];

/** What is needed of pg-boss. */
export type Fetching = {
  fetch: (destination: string, options: Options & { includeMetadata: true }) => Promise<Jobs>;
};

type Asked = Options & { destination: string };

const fetchings = new WeakMap<Fetching, Gathered<Asked, Jobs>>();

/**
 * Takes jobs of a destination's queue, and answers when the destinations that asked at the same time have theirs:
 * all are woken at once by a contract, and what each then reads of it is read for all in one statement.
 */
export function fetchTogether(queue: Fetching, asked: Asked): Promise<Jobs> {
  const fetching = fetchings.get(queue) ?? openFetching(queue);
  fetchings.set(queue, fetching);
  return fetching(asked);
}

function openFetching(queue: Fetching): Gathered<Asked, Jobs> {
  return gather(
    (group) =>
      Promise.allSettled(
        group.map(({ destination, ...options }) =>
          queue.fetch(destination, { ...options, includeMetadata: true }),
        ),
      ),
    { atOnce: 4, largest: 16 },
  );
}
