import { digestOf } from "../../digest.ts";
import { decodeHex, hmacSha256 } from "../../signatures/hmac.ts";
import { textIn } from "../lenient.ts";
import type { IncomingRequest, SignedRequest, Verification, VerifyContext } from "../provider.ts";
import { headerValues, verifyHmac } from "../verify-hmac.ts";
import type { Settings } from "./settings.ts";

/**
 * PandaDoc adds `signature` to the address's query: the hex HMAC-SHA256 of the raw body keyed with the
 * subscription's shared key. developers.pandadoc.com/docs/webhook-verification.
 */
export function verify(
  request: IncomingRequest,
  { secrets, settings }: Pick<VerifyContext<Settings>, "secrets" | "settings">,
): Verification {
  const { signatureHeader } = settings;
  const signatures = [
    ...headerValues(request.query["signature"]),
    ...headerValues(signatureHeader && request.headers[signatureHeader]),
  ];
  return verifyHmac(request.body, signatures, secrets, decodeHex);
}

/** With the first secret: a subscription has one shared key. */
export function sign(
  body: Uint8Array,
  { secrets }: Pick<VerifyContext<Settings>, "secrets">,
): SignedRequest {
  return {
    headers: {
      "content-type": "application/json",
      "x-pandadoc-webhook-event-id": digestOf(textIn(body)),
    },
    query: { signature: hmacSha256(body, secrets[0] ?? "").toString("hex") },
    body,
  };
}
