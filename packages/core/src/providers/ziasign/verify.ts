import { decodeBase64, decodeHex, hmacSha256 } from "../../signatures/hmac.ts";
import type { IncomingRequest, SignedRequest, Verification, VerifyContext } from "../provider.ts";
import { headerValues, verifyHmac } from "../verify-hmac.ts";
import type { Settings } from "./settings.ts";

const decoders = {
  hex: decodeHex,
  base64: decodeBase64,
  auto: (text: string) => decodeHex(text) ?? decodeBase64(text),
};

/** HMAC-SHA256 of the raw body with the webhook's secret: ziasign.com/docs/webhooks. */
export function verify(
  request: IncomingRequest,
  { secrets, settings }: Pick<VerifyContext<Settings>, "secrets" | "settings">,
): Verification {
  const signatures = headerValues(request.headers[settings.signatureHeader]).map((value) =>
    value.startsWith(settings.signaturePrefix)
      ? value.slice(settings.signaturePrefix.length)
      : value,
  );
  return verifyHmac(request.body, signatures, secrets, decoders[settings.signatureEncoding]);
}

/** With the first secret: one webhook has one. */
export function sign(
  body: Uint8Array,
  { secrets, settings }: Pick<VerifyContext<Settings>, "secrets" | "settings">,
): SignedRequest {
  const encoding = settings.signatureEncoding === "base64" ? "base64" : "hex";
  const digest = hmacSha256(body, secrets[0] ?? "").toString(encoding);
  const headers = {
    "content-type": "application/json",
    [settings.signatureHeader]: `${settings.signaturePrefix}${digest}`,
  };
  return { headers, query: {}, body };
}
