import { decodeBase64, hmacSha256 } from "../../signatures/hmac.ts";
import type { IncomingRequest, SignedRequest, Verification, VerifyContext } from "../provider.ts";
import { headerValues, verifyHmac } from "../verify-hmac.ts";

/**
 * DocuSign sends one `X-DocuSign-Signature-<n>` per active key, each the base64 HMAC-SHA256 of the raw body
 * keyed with the key's text; any match proves it. developers.docusign.com, "HMAC security". A header that
 * arrives twice counts as two signatures.
 */
export function verify(
  request: IncomingRequest,
  context: Pick<VerifyContext<unknown>, "secrets">,
): Verification {
  const signatures = Object.entries(request.headers)
    .filter(([name]) => /^x-docusign-signature-\d{1,3}$/.test(name))
    .flatMap(([, value]) => headerValues(value));
  return verifyHmac(request.body, signatures, context.secrets, decodeBase64);
}

export function sign(
  body: Uint8Array,
  context: Pick<VerifyContext<unknown>, "secrets">,
): SignedRequest {
  const signatures = context.secrets.map((secret, index) => [
    `x-docusign-signature-${index + 1}`,
    hmacSha256(body, secret).toString("base64"),
  ]);
  const headers = {
    "content-type": "application/json; charset=utf-8",
    "x-authorization-digest": "HMACSHA256",
    ...Object.fromEntries(signatures),
  };
  return { headers, query: {}, body };
}
