import { PermanentError, RetryLater } from "@countersign/store";

/** Somebody else is writing the record. Sent together with others, it alone is in their way. */
export class RecordLocked extends RetryLater {}

/** How each item ended; one that is not in there was not answered. */
export type Ends<Item, Result> = Map<Item, PromiseSettledResult<Result>>;

export type Sending<Item, Result> = {
  one(item: Item): Promise<Result>;
  /** Throws where all were refused as one. */
  many(items: Item[]): Promise<Ends<Item, Result>>;
  /** Whether each of the items would be refused for this, also alone. */
  meansAll(error: PermanentError, items: Item[]): boolean;
};

/**
 * Sends different items in one call and gives each its own end. A whole call that was refused goes again in
 * halves, so that the item at fault fails alone, with its reason, and the others go through.
 */
export async function eachByItself<Item, Result>(
  items: Item[],
  sending: Sending<Item, Result>,
): Promise<Ends<Item, Result>> {
  if (items.length < 2) return oneByOne(items, sending);
  try {
    const ends = await sending.many(items);
    const unanswered = items.filter((item) => !ends.has(item));
    return new Map([...ends, ...(await oneByOne(unanswered, sending))]);
  } catch (reason) {
    if (!isOfOne(reason, items, sending)) {
      return new Map(items.map((item) => [item, { status: "rejected", reason }]));
    }
  }
  const middle = Math.ceil(items.length / 2);
  const first = await eachByItself(items.slice(0, middle), sending);
  return new Map([...first, ...(await eachByItself(items.slice(middle), sending))]);
}

/** Whether one of the items may be at fault, and the others go through without it. */
function isOfOne<Item, Result>(
  reason: unknown,
  items: Item[],
  sending: Sending<Item, Result>,
): boolean {
  if (reason instanceof RecordLocked) return true;
  return reason instanceof PermanentError && !sending.meansAll(reason, items);
}

async function oneByOne<Item, Result>(
  items: Item[],
  sending: Sending<Item, Result>,
): Promise<Ends<Item, Result>> {
  const ends: Ends<Item, Result> = new Map();
  for (const item of items) {
    const [end] = await Promise.allSettled([sending.one(item)]);
    ends.set(item, end);
  }
  return ends;
}
