import { timingSafeEqual } from "node:crypto";
import { hmacSha256 } from "../../signatures/hmac.ts";
import type { IncomingRequest, SignedRequest, Verification, VerifyContext } from "../provider.ts";

export const secretHeader = "x-documenso-secret";

/**
 * Documenso sends the webhook's secret itself, and nothing that proves the body. The header is empty where
 * the webhook has no secret: that is refused. documenso/documenso at 75330166c, execute-webhook-call.ts.
 */
export function verify(
  request: IncomingRequest,
  { secrets }: Pick<VerifyContext<unknown>, "secrets">,
): Verification {
  if (secrets.every((secret) => secret === "")) return { authentic: false, reason: "no-secret" };
  const sent = [request.headers[secretHeader] ?? []].flat().filter((value) => value !== "");
  if (sent.length === 0) return { authentic: false, reason: "no-signature" };
  const secretIndex = secrets.findIndex(
    (secret) => secret !== "" && sent.some((value) => equal(value, secret)),
  );
  return secretIndex === -1
    ? { authentic: false, reason: "bad-signature" }
    : { authentic: true, secretIndex };
}

/** With the first secret: a webhook has one. */
export function sign(
  body: Uint8Array,
  { secrets }: Pick<VerifyContext<unknown>, "secrets">,
): SignedRequest {
  const headers = { "content-type": "application/json", [secretHeader]: secrets[0] ?? "" };
  return { headers, query: {}, body };
}

/** In constant time: digests are compared, so that neither length nor content shows. */
function equal(a: string, b: string): boolean {
  const [left, right] = [a, b].map((text) => hmacSha256(Buffer.from(text), "equal"));
  return left !== undefined && right !== undefined && timingSafeEqual(left, right);
}
