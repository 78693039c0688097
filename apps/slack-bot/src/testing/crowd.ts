import type { Limits, Pace } from "../slack/pace.ts";

/** Contracts that want to be shown: when each comes first, in milliseconds, and how many posts it needs. */
export type Crowd = {
  pace: Pace;
  contracts: { at: number; posts: number }[];
  /** How much later than told a contract comes back, in milliseconds. */
  lateness: () => number;
};

type Coming = { at: number; contract: number; posts: number; begun: boolean };

/** How long a call takes, in milliseconds. */
const latency = 200;

/** What happens to them on a simulated clock: the times of all posts, and how often each contract was looked at. */
export function watch({ pace, contracts, lateness }: Crowd) {
  const posts: number[] = [];
  const looks = contracts.map(() => 1);
  const coming: Coming[] = [];
  const come = (next: Coming) => coming.splice(placeOf(coming, next.at), 0, next);
  for (const [contract, first] of contracts.entries()) come({ ...first, contract, begun: false });
  for (let one = coming.pop(); one !== undefined; one = coming.pop()) {
    const wish = { method: "chat.postMessage", calls: one.posts, begun: one.begun } as const;
    const place = pace.ask("C1", wish, one.at);
    if (place.may === "wait") {
      looks[one.contract] = (looks[one.contract] ?? 0) + 1;
      come({ ...one, at: one.at + place.inSeconds * 1_000 + lateness(), begun: false });
      continue;
    }
    posts.push(one.at + place.inMs);
    const after = one.at + place.inMs + latency;
    if (one.posts > 1) come({ ...one, at: after, posts: one.posts - 1, begun: true });
  }
  return { posts: posts.toSorted((a, b) => a - b), looks };
}

/** Where in a list whose last come first. */
function placeOf(coming: Coming[], at: number): number {
  let [low, high] = [0, coming.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((coming[middle]?.at ?? 0) >= at) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The most that was posted in any window, beyond what the rate alone allows in it: at most the burst. */
export function mostAtOnce(posts: number[], { perSecond }: Limits["chat.postMessage"]): number {
  let least = Infinity;
  let most = 0;
  for (const [index, at] of posts.entries()) {
    const ahead = index - (at / 1_000) * perSecond;
    least = Math.min(least, ahead);
    most = Math.max(most, ahead - least + 1);
  }
  return most;
}
