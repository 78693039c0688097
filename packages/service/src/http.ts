import type { Http } from "@countersign/core";

const timeout = 20_000;

/** The largest answer that is read: a signed document with its attachments. */
const largestAnswer = 100_000_000;

/** Calls a provider's API. Rejects where no answer comes within twenty seconds, or one too large. */
export const http: Http = async ({ method, url, headers, body }) => {
  const response = await fetch(url, {
    method,
    headers,
    redirect: "follow",
    signal: AbortSignal.timeout(timeout),
    ...(body === undefined ? {} : { body }),
  });
  return {
    status: response.status,
    headers: Object.fromEntries(response.headers),
    body: await readWhole(response),
  };
};

async function readWhole(response: Response): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of response.body ?? []) {
    size += part.length;
    if (size > largestAnswer) throw new Error(`An answer is larger than ${largestAnswer} bytes.`);
    parts.push(part);
  }
  return Buffer.concat(parts);
}
