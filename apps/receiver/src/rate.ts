/** How many requests a source may send in a second on average, and how many at once. */
export type Rate = { perSecond: number; burst: number };

/** Takes a place: 0 where there is one, else the seconds until there will be. */
type TakePlace = (now: Date) => number;

/** A token bucket. A clock that is set back adds nothing, and takes nothing away. */
export function createRate({ perSecond, burst }: Rate): TakePlace {
  let places = burst;
  let last = 0;
  return (now) => {
    const elapsed = now.getTime() - last;
    last = now.getTime();
    if (elapsed > 0) places = Math.min(burst, places + (elapsed / 1_000) * perSecond);
    if (places < 1) return (1 - places) / perSecond;
    places -= 1;
    return 0;
  };
}
