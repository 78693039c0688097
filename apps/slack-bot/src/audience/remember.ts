/** How long what was loaded holds, in seconds, and how many keys are remembered. */
export type Memory<Value> = {
  seconds: (value: Value) => number;
  most?: number;
  now: () => Date;
};

/**
 * Remembers what `load` said of a key for a while; several who ask at once share one load. A load that fails is
 * remembered by nobody.
 */
export function remember<Value>(
  load: (key: string) => Promise<Value>,
  { seconds, most = 10_000, now }: Memory<Value>,
): (key: string) => Promise<Value> {
  const known = new Map<string, { until: number; value: Promise<Value> }>();

  async function loadInto(key: string): Promise<Value> {
    const value = await load(key);
    const until = now().getTime() + seconds(value) * 1_000;
    known.set(key, { until, value: Promise.resolve(value) });
    return value;
  }

  return (key) => {
    const one = known.get(key);
    if (one !== undefined && one.until > now().getTime()) return one.value;
    if (known.size >= most) known.clear();
    const value = loadInto(key).catch((error: unknown) => {
      known.delete(key);
      throw error;
    });
    known.set(key, { until: Infinity, value });
    return value;
  };
}
