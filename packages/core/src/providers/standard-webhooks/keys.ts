import {
  createPrivateKey,
  createPublicKey,
  sign as signWith,
  timingSafeEqual,
  verify as verifyWith,
  type KeyObject,
} from "node:crypto";
import { hmacSha256 } from "../../signatures/hmac.ts";

/**
 * What a configured secret can do: prove one of several signatures of its version, and make one where it is no
 * public key. However many are given, the content is hashed once by an HMAC, and not at all where none can be right.
 */
export type Key = {
  version: "v1" | "v1a";
  proves(content: readonly Uint8Array[], signatures: readonly string[]): boolean;
  sign(content: readonly Uint8Array[]): string | null;
};

/**
 * The key in a secret: `whsec_` and base64 is an HMAC-SHA256 key, `whpk_` and `whsk_` are an ed25519 public
 * and private one: standard-webhooks/standard-webhooks, spec/standard-webhooks.md. Base64 without a prefix
 * is read like `whsec_`, as the reference libraries do; any other text is the HMAC key as it stands. Null
 * where it is no key.
 */
export function keyIn(secret: string): Key | null {
  const [, prefix = "", encoded = ""] = /^(whsec_|whpk_|whsk_)?(.*)$/s.exec(secret) ?? [];
  const bytes = decoded(encoded);
  if (prefix === "whpk_") return bytes?.length === 32 ? asymmetric(publicKey(bytes), null) : null;
  if (prefix === "whsk_") return bytes && privateKeyIn(bytes);
  if (bytes !== null && (prefix === "whsec_" || bytes.length >= 24)) return symmetric(bytes);
  return prefix === "" && encoded !== "" ? symmetric(Buffer.from(encoded)) : null;
}

/** Of 32 bytes in base64. */
const digestLength = 44;

function symmetric(key: Buffer): Key {
  const digestOf = (content: readonly Uint8Array[]) => hmacSha256(content, key).toString("base64");
  return {
    version: "v1",
    proves(content, signatures) {
      const possible = signatures.filter(({ length }) => length === digestLength);
      if (possible.length === 0) return false;
      const expected = digestOf(content);
      return possible.some((signature) => equal(expected, signature));
    },
    sign: digestOf,
  };
}

/** Compared as text, as in the reference libraries: base64 has more than one spelling of the same bytes. */
function equal(expected: string, given: string): boolean {
  const [a, b] = [Buffer.from(expected), Buffer.from(given)];
  return a.length === b.length && timingSafeEqual(a, b);
}

function asymmetric(open: KeyObject, secret: KeyObject | null): Key {
  return {
    version: "v1a",
    proves(content, signatures) {
      const possible = signatures.map(decoded).filter((bytes) => bytes?.length === 64);
      if (possible.length === 0) return false;
      const whole = Buffer.concat(content);
      return possible.some((bytes) => bytes !== null && verifyWith(null, whole, open, bytes));
    },
    sign: (content) => secret && signWith(null, Buffer.concat(content), secret).toString("base64"),
  };
}

/** DER of an ed25519 public key (RFC 8410), up to its 32 bytes. */
const publicHeader = Buffer.from("302a300506032b6570032100", "hex");

/** PKCS #8 of an ed25519 private key (RFC 8410), up to its 32 bytes. */
const privateHeader = Buffer.from("302e020100300506032b657004220420", "hex");

function publicKey(bytes: Buffer): KeyObject {
  return createPublicKey({
    key: Buffer.concat([publicHeader, bytes]),
    format: "der",
    type: "spki",
  });
}

/** 32 bytes, or 64 where the public key follows. */
function privateKeyIn(bytes: Buffer): Key | null {
  if (bytes.length !== 32 && bytes.length !== 64) return null;
  const secret = createPrivateKey({
    key: Buffer.concat([privateHeader, bytes.subarray(0, 32)]),
    format: "der",
    type: "pkcs8",
  });
  return asymmetric(createPublicKey(secret), secret);
}

/** Base64 in its one canonical spelling, of at least one byte, or null. */
function decoded(text: string): Buffer | null {
  const bytes = Buffer.from(text, "base64");
  return bytes.length > 0 && bytes.toString("base64") === text ? bytes : null;
}
