/** The shortest run of base64 that is a file and no signature, token or id: 3 KB of content. */
const shortestRun = 4_096;

/** A file that a body carries inside: where the run began, and its bytes as they stood there. */
export type InlinedFile = { at: number; bytes: Uint8Array };

/**
 * A body without the files in it (PDFs in base64), which are kept apart and forgotten apart. Putting them
 * back at their places gives the same bytes, so that the signature can be proved again.
 */
export function cutFiles(body: Uint8Array): { body: Uint8Array; files: InlinedFile[] } {
  if (body.length < shortestRun) return { body, files: [] };
  const runs = runsIn(body);
  if (runs.length === 0) return { body, files: [] };
  const kept: Uint8Array[] = [];
  let from = 0;
  for (const { start, end } of runs) {
    kept.push(body.subarray(from, start));
    from = end;
  }
  kept.push(body.subarray(from));
  const files = runs.map(({ start, end }) => ({ at: start, bytes: body.subarray(start, end) }));
  return { body: Buffer.concat(kept), files };
}

/** The body as it was before `cutFiles`. `files` by their places, the first one first. */
export function restoreFiles(body: Uint8Array, files: readonly InlinedFile[]): Uint8Array {
  const parts: Uint8Array[] = [];
  let taken = 0;
  let length = 0;
  for (const { at, bytes } of files) {
    const before = body.subarray(taken, taken + at - length);
    parts.push(before, bytes);
    taken += before.length;
    length = at + bytes.length;
  }
  return Buffer.concat([...parts, body.subarray(taken)]);
}

/** Stretches of base64, with the line breaks of XML and the escaped slashes of JSON. */
function runsIn(body: Uint8Array): { start: number; end: number }[] {
  const runs: { start: number; end: number }[] = [];
  let start = 0;
  while (start + shortestRun <= body.length) {
    const outside = lastOutside(body, start);
    if (outside >= start) {
      start = outside + 1;
      continue;
    }
    let end = start + shortestRun;
    while (end < body.length && isBase64[body[end] ?? 0] === 1) end += 1;
    runs.push({ start, end });
    start = end + 1;
  }
  return runs;
}

/**
 * The last place of the shortest run from `start` that is no base64, or `start - 1`. From its end: in a body
 * without files few bytes are looked at.
 */
function lastOutside(body: Uint8Array, start: number): number {
  let place = start + shortestRun - 1;
  while (place >= start && isBase64[body[place] ?? 0] === 1) place -= 1;
  return place;
}

const isBase64 = new Uint8Array(256);
for (const character of "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=\\\r\n") {
  isBase64[character.charCodeAt(0)] = 1;
}
