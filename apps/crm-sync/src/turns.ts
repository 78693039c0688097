/** Work with the same key is done one after the other, in the order in which it came; other work meanwhile. */
export type Turns = <Result>(key: string, work: () => Promise<Result>) => Promise<Result>;

export function createTurns(): Turns {
  const last = new Map<string, Promise<void>>();
  return async (key, work) => {
    const before = last.get(key);
    const mine = Promise.withResolvers<void>();
    last.set(key, mine.promise);
    await before;
    try {
      return await work();
    } finally {
      mine.resolve();
      if (last.get(key) === mine.promise) last.delete(key);
    }
  };
}
