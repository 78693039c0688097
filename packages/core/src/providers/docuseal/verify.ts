import { decodeHex, hmacSha256 } from "../../signatures/hmac.ts";
import { dotted, isTimely, unixSeconds, unixSecondsIn } from "../../signatures/timestamp.ts";
import type { IncomingRequest, SignedRequest, Verification, VerifyContext } from "../provider.ts";
import { headerValues, mostSignatures, verifyHmac } from "../verify-hmac.ts";
import type { Settings } from "./settings.ts";

const header = "x-docuseal-signature";

/**
 * `X-Docuseal-Signature: <unix seconds>.<hex>`, the HMAC-SHA256 of `<unix seconds>.<raw body>` keyed with the
 * secret's text, its `whsec_` included: docusealco/docuseal, lib/webhook_urls/signatures.rb. DocuSeal signs
 * since May 2026, and not what its console's test button sends: that is refused as "no-signature".
 */
export function verify(request: IncomingRequest, context: VerifyContext<Settings>): Verification {
  const values = headerValues(request.headers[header]).slice(0, mostSignatures);
  const verdicts = values.map((value) => judge(value, request.body, context));
  return (
    verdicts.find((verdict) => verdict.authentic) ??
    verdicts[0] ??
    verifyHmac(request.body, [], context.secrets, decodeHex)
  );
}

function judge(
  value: string,
  body: Uint8Array,
  { secrets, settings, now }: VerifyContext<Settings>,
): Verification {
  const [, text = "", digest = ""] = /^([^.]*)\.(.*)$/s.exec(value) ?? [];
  const seconds = unixSecondsIn(text);
  const signatures = seconds === null ? [""] : [digest];
  const verdict = verifyHmac(dotted([text], body), signatures, secrets, decodeHex);
  if (!verdict.authentic || seconds === null) return verdict;
  const isInTime = isTimely(seconds, now, settings.toleranceSeconds);
  return isInTime ? verdict : { authentic: false, reason: "too-old" };
}

/** With the first secret: a webhook has one. */
export function sign(
  body: Uint8Array,
  { secrets, now }: Pick<VerifyContext<Settings>, "secrets" | "now">,
): SignedRequest {
  const seconds = unixSeconds(now);
  const digest = hmacSha256(dotted([seconds], body), secrets[0] ?? "").toString("hex");
  const headers = {
    "content-type": "application/json",
    "user-agent": "DocuSeal.com Webhook",
    [header]: `${seconds}.${digest}`,
  };
  return { headers, query: {}, body };
}
