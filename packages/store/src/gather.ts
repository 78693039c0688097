import { setImmediate, setTimeout } from "node:timers";

/** Thrown to a caller that comes while too much is waiting already. Nothing was begun. */
export class Overloaded extends Error {
  override name = "Overloaded";
}

export type GatherOptions<Item> = {
  /** Groups that may be under way at the same time. */
  atOnce: number;
  /** Items in a group. */
  largest: number;
  /**
   * From the beginning of a group to that of the next, in milliseconds, unless it is full or somebody in it is in a
   * hurry. `eachItem`: so many for each further item of the group before, and `milliseconds` at most, so that those wait
   * for each other who come in a crowd. Who comes after a rest, or after somebody alone, does not wait.
   * `beside`: a group begins beside others only when the latest of them has lasted so many milliseconds. Sooner, both
   * would share the same cores, each for fewer items; later, one that is held up would hold up everybody.
   */
  apart?: {
    milliseconds: number;
    eachItem?: number;
    beside?: number;
    hurries?: (item: Item) => boolean;
  };
  /** What an item weighs, and the most that a group may weigh; an item that is heavier goes alone. */
  weight?: { of: (item: Item) => number; most: number };
  /** Items that may wait for a group; whoever comes later is sent away with `Overloaded`. */
  mostWaiting?: number;
};

/** Hands in one item and gets its own result. */
export type Gathered<Item, Result> = (item: Item) => Promise<Result>;

type Waiting<Item, Result> = {
  item: Item;
  resolve: (result: Result) => void;
  reject: (error: unknown) => void;
};

/**
 * Makes one call of many: items that come while all groups are under way go together in the next one. An
 * item that finds a group free waits for nobody but those of the same turn of the event loop, and for `apart`. `together`
 * answers each item by itself, in their order; what it throws is every item's.
 */
export function gather<Item, Result>(
  together: (items: Item[]) => Promise<PromiseSettledResult<Result>[]>,
  options: GatherOptions<Item>,
): Gathered<Item, Result> {
  const waiting: Waiting<Item, Result>[] = [];
  let underWay = 0;
  let planned = false;
  let rest: NodeJS.Timeout | undefined;
  let nextAt = 0;
  let besideAt = 0;

  function plan(): void {
    if (planned || underWay >= options.atOnce || waiting.length === 0) return;
    const mayBeginAt = underWay === 0 ? nextAt : Math.max(nextAt, besideAt);
    const wait = isInHurry(waiting, options) ? 0 : mayBeginAt - performance.now();
    if (wait > 0) {
      rest ??= setTimeout(planAgain, wait);
      return;
    }
    planned = true;
    setImmediate(() => {
      planned = false;
      void begin(waiting.splice(0, sizeOfNext(waiting, options)));
      plan();
    });
  }

  function planAgain(): void {
    restNoMore();
    plan();
  }

  function restNoMore(): void {
    clearTimeout(rest);
    rest = undefined;
  }

  async function begin(group: Waiting<Item, Result>[]): Promise<void> {
    underWay += 1;
    restNoMore();
    const now = performance.now();
    nextAt = now + restAfter(group.length, options);
    besideAt = now + (options.apart?.beside ?? 0);
    try {
      const ends = await together(group.map(({ item }) => item));
      for (const [index, one] of group.entries()) settle(one, ends[index]);
    } catch (error) {
      for (const { reject } of group) reject(error);
    } finally {
      underWay -= 1;
      planAgain();
    }
  }

  return (item) => {
    if (waiting.length >= (options.mostWaiting ?? Infinity)) {
      return Promise.reject(new Overloaded(`${waiting.length} are waiting already.`));
    }
    return new Promise((resolve, reject) => {
      waiting.push({ item, resolve, reject });
      plan();
    });
  };
}

/** As many of those who wait as a group may hold, at least one. */
function sizeOfNext<Item>(
  waiting: readonly { item: Item }[],
  { largest, weight }: GatherOptions<Item>,
): number {
  if (weight === undefined) return Math.min(largest, waiting.length);
  let size = 0;
  let weighs = 0;
  for (const { item } of waiting.slice(0, largest)) {
    weighs += weight.of(item);
    if (size > 0 && weighs > weight.most) break;
    size += 1;
  }
  return size;
}

/** Milliseconds from the beginning of a group to that of the next. */
function restAfter<Item>(size: number, { apart }: GatherOptions<Item>): number {
  if (apart === undefined) return 0;
  const { milliseconds, eachItem } = apart;
  return eachItem === undefined ? milliseconds : Math.min(milliseconds, (size - 1) * eachItem);
}

function isInHurry<Item>(
  waiting: readonly { item: Item }[],
  { apart, largest }: GatherOptions<Item>,
): boolean {
  if (apart === undefined || waiting.length >= largest) return true;
  return waiting.some(({ item }) => apart.hurries?.(item) === true);
}

function settle<Item, Result>(
  { resolve, reject }: Waiting<Item, Result>,
  end: PromiseSettledResult<Result> | undefined,
): void {
  if (end === undefined) reject(new Error("One of a group was not answered."));
  else if (end.status === "fulfilled") resolve(end.value);
  else reject(end.reason);
}
