import type { Store } from "../store.ts";
import { topic } from "./queue.ts";

/**
 * Wakes a destination up no more: nobody is there who would look. What it misses is made good when it is
 * followed again. Nothing where it never was.
 */
export async function unfollow(
  { queue }: Pick<Store, "queue">,
  destination: string,
): Promise<void> {
  if ((await queue.getQueue(destination)) !== null) await queue.unsubscribe(topic, destination);
}
