/** Smaller ones are joined. */
const joinedUpTo = 16_384;

/**
 * Puts a part of a body behind the others. Small ones are joined as they come, for each is an object of some 700
 * bytes, however little it holds: whoever sends chunks of one byte would fill the memory with a few megabytes.
 * Like to like, so each byte is copied some fourteen times at most.
 */
export function addPart(parts: Buffer[], part: Buffer): void {
  let last = part;
  for (;;) {
    const before = parts.at(-1);
    if (before === undefined || before.length > last.length) break;
    if (before.length + last.length > joinedUpTo) break;
    parts.pop();
    last = Buffer.concat([before, last]);
  }
  parts.push(last);
}

export function joined(parts: readonly Buffer[], size: number): Uint8Array {
  const [only] = parts;
  return only !== undefined && parts.length === 1 ? only : Buffer.concat(parts, size);
}
