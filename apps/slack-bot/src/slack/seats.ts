/** So many at the same time; whoever comes later waits for a seat, in the order of coming. */
export type Seats = { take(): Promise<void>; leave(): void };

export function openSeats(count: number): Seats {
  const waiting: (() => void)[] = [];
  let free = count;
  return {
    async take() {
      if (free > 0) free -= 1;
      else await new Promise<void>((resolve) => waiting.push(resolve));
    },
    leave() {
      const next = waiting.shift();
      if (next === undefined) free += 1;
      else next();
    },
  };
}
