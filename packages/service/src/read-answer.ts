/** The largest answer of a CRM or of Slack that is read, in bytes: the description of a Salesforce object may have megabytes. */
export const largestText = 32 * 1024 * 1024;

/** Whoever called gave up: the answer has more bytes than are read into memory. */
export class TooLarge extends Error {
  override name = "TooLarge";
}

/** Reads what `fetch` has been answered; rejects with TooLarge beyond `most` bytes, and the connection is closed. */
export async function readBytes(response: Response, most: number): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of response.body ?? []) {
    size += part.length;
    if (size > most) throw new TooLarge(`An answer is larger than ${most} bytes.`);
    parts.push(part);
  }
  return Buffer.concat(parts);
}

/** As `readBytes`, for a text of 32 MiB at the most. */
export async function readText(response: Response): Promise<string> {
  return new TextDecoder().decode(await readBytes(response, largestText));
}
