import { createHmac, timingSafeEqual } from "node:crypto";

/** What is signed: bytes, or several pieces of them one after the other, so that a body is never copied. */
export type Signed = Uint8Array | readonly Uint8Array[];

/** HMAC-SHA256 of the bytes, keyed with the secret's UTF-8 text or with bytes. */
export function hmacSha256(content: Signed, secret: string | Buffer): Buffer {
  const hmac = createHmac("sha256", secret);
  if (content instanceof Uint8Array) return hmac.update(content).digest();
  for (const piece of content) hmac.update(piece);
  return hmac.digest();
}

/**
 * The index of the secret that made one of the given signatures, or null. `decode` turns a signature's
 * text into 32 digest bytes, or null where it is none. Compared in constant time; an empty secret proves
 * nothing.
 */
export function matchingSecret(
  content: Signed,
  signatures: readonly string[],
  secrets: readonly string[],
  decode: (text: string) => Buffer | null,
): number | null {
  const digests = signatures.map(decode).filter((digest) => digest !== null);
  if (digests.length === 0) return null;
  for (const [index, secret] of secrets.entries()) {
    if (secret === "") continue;
    const expected = hmacSha256(content, secret);
    if (digests.some((digest) => timingSafeEqual(digest, expected))) return index;
  }
  return null;
}

/** Base64 text of exactly 32 bytes, or null. Node's own decoder skips what it does not know. */
export function decodeBase64(text: string): Buffer | null {
  return /^[A-Za-z0-9+/]{43}=?$/.test(text) ? Buffer.from(text, "base64") : null;
}

/** Hex text of exactly 32 bytes, or null. */
export function decodeHex(text: string): Buffer | null {
  return /^[0-9a-fA-F]{64}$/.test(text) ? Buffer.from(text, "hex") : null;
}
