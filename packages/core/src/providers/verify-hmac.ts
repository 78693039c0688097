import { matchingSecret, type Signed } from "../signatures/hmac.ts";
import type { Verification } from "./provider.ts";

/**
 * Signatures of one request that are looked at where each costs a pass over the body: more than any rotation of
 * secrets makes, and few enough that nobody without a secret keeps a processor busy with one request.
 */
export const mostSignatures = 10;

/** What HMAC-SHA256 signatures of a body, or of pieces, prove, for providers that send them in headers. */
export function verifyHmac(
  content: Signed,
  signatures: readonly string[],
  secrets: readonly string[],
  decode: (text: string) => Buffer | null,
): Verification {
  if (secrets.every((secret) => secret === "")) return { authentic: false, reason: "no-secret" };
  if (signatures.length === 0) return { authentic: false, reason: "no-signature" };
  const secretIndex = matchingSecret(content, signatures, secrets, decode);
  return secretIndex === null
    ? { authentic: false, reason: "bad-signature" }
    : { authentic: true, secretIndex };
}

/** The values of a header: one that is sent twice arrives as an array, or joined by a comma. */
export function headerValues(header: string | string[] | undefined): string[] {
  if (header === undefined) return [];
  return [header]
    .flat()
    .flatMap((value) => value.split(","))
    .map((value) => value.trim())
    .filter((value) => value !== "");
}
