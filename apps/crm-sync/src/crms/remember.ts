/** Loads at most once in so many seconds, and once for all who ask meanwhile. A failure is not remembered. */
export function remember<Value>(
  load: () => Promise<Value>,
  seconds: number,
  now: () => Date,
): () => Promise<Value> {
  let known: { value: Promise<Value>; until: number } | null = null;
  return () => {
    if (known !== null && now().getTime() < known.until) return known.value;
    const value = load();
    const loaded = { value, until: now().getTime() + seconds * 1_000 };
    known = loaded;
    value.catch(() => {
      if (known === loaded) known = null;
    });
    return value;
  };
}
