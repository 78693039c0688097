/** What stands at a dotted path of own properties, such as `data.contract.id`; a number is a place in a list. */
export function valueAt(value: unknown, path: string): unknown {
  let inner = value;
  for (const key of path.split(".")) {
    if (typeof inner !== "object" || inner === null) return undefined;
    inner = Object.getOwnPropertyDescriptor(inner, key)?.value;
  }
  return inner;
}

/** What `read` makes of the first path at which it makes anything. */
export function firstAt<Found>(
  value: unknown,
  paths: readonly string[],
  read: (value: unknown) => Found | undefined,
): Found | undefined {
  for (const path of paths) {
    const found = read(valueAt(value, path));
    if (found !== undefined) return found;
  }
  return undefined;
}
