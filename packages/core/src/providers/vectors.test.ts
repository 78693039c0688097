import { existsSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { providerById } from "./index.ts";
import type { IncomingRequest, SignedRequest } from "./provider.ts";
import { signaturesOf } from "./standard-webhooks/verify.ts";

/** Signatures that others made, or that two implementations agree on; they lie beside the checkout. */
const file = new URL("../../../../../shared/payloads/signature-vectors.json", import.meta.url);
const vectors: Vector[] = existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : [];

type Vector = {
  provider: string;
  name: string;
  secret: string;
  signedContent: string;
  signature: string;
  body?: string;
  id?: string;
  timestamp?: number;
  eventTime?: string;
  eventType?: string;
};

/** How a provider's vectors become a request: what is signed, and where the signature then stands. */
type Carrier = {
  unsigned: (vector: Vector) => string;
  carried: (vector: Vector, unsigned: string) => Partial<IncomingRequest>;
  /** Where our own signing chooses a part of what is signed. */
  signature?: (vector: Vector, unsigned: string) => string;
};

const carriers = new Map<string, Carrier>([
  [
    "docusign",
    {
      unsigned: ({ signedContent }) => signedContent,
      carried: ({ signature }) => ({ headers: { "x-docusign-signature-1": signature } }),
    },
  ],
  [
    "dropbox-sign",
    {
      unsigned: ({ eventTime, eventType }) => hashed(eventTime, eventType, ""),
      carried: ({ eventTime, eventType, signature }) => ({
        headers: { "content-type": "multipart/form-data; boundary=b0undary" },
        body: multipart("b0undary", hashed(eventTime, eventType, signature)),
      }),
    },
  ],
  [
    "pandadoc",
    {
      unsigned: ({ signedContent }) => signedContent,
      carried: ({ signature }) => ({ query: { signature } }),
    },
  ],
  [
    "docuseal",
    {
      unsigned: ({ body = "" }) => body,
      carried: ({ timestamp, signature }) => ({
        headers: { "x-docuseal-signature": `${timestamp}.${signature}` },
      }),
    },
  ],
  [
    "standard-webhooks",
    {
      unsigned: ({ body = "" }) => body,
      carried: ({ id, timestamp, signature }) => ({
        headers: {
          "webhook-id": id,
          "webhook-timestamp": String(timestamp),
          "webhook-signature": `v1,${signature}`,
        },
      }),
      signature: ({ id = "", timestamp = 0, secret }, unsigned) =>
        signaturesOf({ id, timestamp, body: Buffer.from(unsigned) }, [secret]),
    },
  ],
]);

/** Vendors in the list of vectors whom we do not read, and why. */
const notCovered = new Map([
  ["boldsign", "no provider of ours: s0 and s1 of a signature with a timestamp of its own kind"],
  ["yousign", "no provider of ours"],
  ["zoho-sign", "no provider of ours: the documented body is no JSON"],
]);

function hashed(time: string | undefined, type: string | undefined, hash: string): string {
  return JSON.stringify({ event: { event_time: time, event_type: type, event_hash: hash } });
}

function multipart(boundary: string, json: string): Buffer {
  const lines = [`--${boundary}`, 'Content-Disposition: form-data; name="json"', "", json];
  return Buffer.from([...lines, `--${boundary}--`, ""].join("\r\n"));
}

describe.runIf(vectors.length > 0)("signature vectors", () => {
  test("are of our providers, or of vendors whom we do not read", () => {
    const ids = [...new Set(vectors.map((vector) => vector.provider))];
    const unread = ids.filter((id) => providerById(id) === undefined);
    expect(unread.toSorted()).toEqual([...notCovered.keys()]);
    expect(ids.filter((id) => !carriers.has(id)).toSorted()).toEqual([...notCovered.keys()]);
  });

  const covered = vectors.filter((vector) => providerById(vector.provider));

  test.each(covered)("$provider, $name: is proved by our code", (vector) => {
    expect(isProved(vector, vector.signature)).toBe(true);
    for (const place of [0, 20, vector.signature.length - 3]) {
      expect(isProved(vector, withOther(vector.signature, place)), `at ${place}`).toBe(false);
    }
  });

  test.each(covered)("$provider, $name: is what our code makes", (vector) => {
    expect(signatureIn(vector)).toContain(vector.signature);
  });
});

function contextOf({ provider, secret, timestamp }: Vector) {
  const settings = providerById(provider)?.settings.parse({});
  return { secrets: [secret], settings, now: new Date((timestamp ?? 1_348_177_752) * 1000) };
}

function isProved(vector: Vector, signature: string): boolean | undefined {
  const carrier = carriers.get(vector.provider);
  const unsigned = carrier?.unsigned(vector) ?? "";
  const bare = { method: "POST", headers: {}, query: {}, body: Buffer.from(unsigned) };
  const request = { ...bare, ...carrier?.carried({ ...vector, signature }, unsigned) };
  return providerById(vector.provider)?.verify(request, contextOf(vector)).authentic;
}

function signatureIn(vector: Vector): string {
  const carrier = carriers.get(vector.provider);
  const unsigned = carrier?.unsigned(vector) ?? "";
  const signed = providerById(vector.provider)?.sign(Buffer.from(unsigned), contextOf(vector));
  return carrier?.signature?.(vector, unsigned) ?? (signed ? textOf(signed) : "");
}

function textOf({ headers, query, body }: SignedRequest): string {
  return JSON.stringify([headers, query]) + Buffer.from(body).toString();
}

function withOther(text: string, place: number): string {
  const other = text.charAt(place) === "0" ? "1" : "0";
  return text.slice(0, place) + other + text.slice(place + 1);
}
