import { digestOf } from "../../digest.ts";
import { dotted, isTimely, unixSeconds, unixSecondsIn } from "../../signatures/timestamp.ts";
import { jsonObjectIn } from "../json-text.ts";
import { textIn } from "../lenient.ts";
import type { IncomingRequest, SignedRequest, Verification, VerifyContext } from "../provider.ts";
import { mostSignatures } from "../verify-hmac.ts";
import { keyIn, type Key } from "./keys.ts";
import type { Settings } from "./settings.ts";

/**
 * `<prefix>signature` holds `<version>,<base64>`, several with spaces between them, each of
 * `<id>.<timestamp>.<raw body>`; one match is enough and unknown versions are passed over:
 * standard-webhooks/standard-webhooks, spec/standard-webhooks.md.
 */
export function verify(request: IncomingRequest, context: VerifyContext<Settings>): Verification {
  const { secrets, settings, now } = context;
  const keys = secrets.map(keyIn);
  if (keys.every((key) => key === null)) return refused("no-secret");
  const [id, timestamp, signatures] = ["id", "timestamp", "signature"].map((name) =>
    [request.headers[settings.headerPrefix + name] ?? []].flat().join(" "),
  );
  if (!id || !timestamp || !signatures) return refused("no-signature");
  const seconds = unixSecondsIn(timestamp);
  const content = dotted([id, timestamp], request.body);
  const secretIndex = keys.findIndex((key) => key && isProved(content, signatures, key));
  if (secretIndex === -1 || seconds === null) return refused("bad-signature");
  const isInTime = isTimely(seconds, now, settings.toleranceSeconds);
  return isInTime ? { authentic: true, secretIndex } : refused("too-old");
}

function refused(reason: (Verification & { authentic: false })["reason"]): Verification {
  return { authentic: false, reason };
}

/** A header that came twice may have been joined by a comma. */
function isProved(content: Uint8Array[], signatures: string, key: Key): boolean {
  const own = signatures.split(/,?\s+/).flatMap((part) => {
    const [version, signature = "", ...rest] = part.split(",");
    return version === key.version && rest.length === 0 ? [signature] : [];
  });
  return key.proves(content, own.slice(0, mostSignatures));
}

/** With every secret that can sign. The id is the body's own, as many platforms have it there too, else made of it. */
export function sign(body: Uint8Array, context: VerifyContext<Settings>): SignedRequest {
  const { secrets, settings, now } = context;
  const own = new Map(Object.entries(jsonObjectIn(textIn(body)) ?? {})).get("id");
  const id = typeof own === "string" && /^\w{1,100}$/.test(own) ? own : `msg_${digestIn(body)}`;
  const timestamp = unixSeconds(now);
  const prefix = settings.headerPrefix;
  const headers = {
    "content-type": "application/json",
    [`${prefix}id`]: id,
    [`${prefix}timestamp`]: String(timestamp),
    [`${prefix}signature`]: signaturesOf({ id, timestamp, body }, secrets),
  };
  return { headers, query: {}, body };
}

export function signaturesOf(
  message: { id: string; timestamp: number; body: Uint8Array },
  secrets: readonly string[],
): string {
  const content = dotted([message.id, message.timestamp], message.body);
  const signatures = secrets.map((secret) => {
    const key = keyIn(secret);
    const signature = key?.sign(content);
    return key && signature ? `${key.version},${signature}` : null;
  });
  return signatures.filter((signature) => signature !== null).join(" ");
}

function digestIn(body: Uint8Array): string {
  return digestOf(Buffer.from(body).toString("base64"));
}
