import { z } from "zod";
import { digestOf } from "../../digest.ts";
import { decodeHex, hmacSha256 } from "../../signatures/hmac.ts";
import { jsonObjectIn } from "../json-text.ts";
import { lenient, textIn } from "../lenient.ts";
import type {
  IncomingRequest,
  Reply,
  SignedRequest,
  Verification,
  VerifyContext,
} from "../provider.ts";
import { verifyHmac } from "../verify-hmac.ts";
import { callbackIn, multipartOf } from "./form.ts";

/** Read as they came: the hash is over these very characters. */
const signed = z.object({
  event: z.object({
    event_time: z.union([z.string(), z.int()]).transform(String).pipe(z.string().regex(/^\d+$/)),
    event_type: z.string().regex(/^[a-z_]/i),
    event_hash: lenient.text(100),
  }),
});

/**
 * `event_hash` is the hex HMAC-SHA256 of the event's time and type with the account's API key, for the
 * callbacks of the account and of its apps: developers.hellosign.com, "Events and callbacks walkthrough". It
 * covers nothing of the signature request, and one hash serves every event of its type and second.
 */
export function verify(
  request: Pick<IncomingRequest, "headers" | "body">,
  { secrets }: Pick<VerifyContext<unknown>, "secrets">,
): Verification {
  const read = signed.safeParse(callbackIn(request));
  const { event_time, event_type, event_hash } = read.data?.event ?? {};
  const message = Buffer.from(`${event_time}${event_type}`);
  return verifyHmac(message, event_hash === undefined ? [] : [event_hash], secrets, decodeHex);
}

/** Puts the hash into the event and the whole into a form. A body without an event is framed as it is. */
export function sign(
  body: Uint8Array,
  { secrets }: Pick<VerifyContext<unknown>, "secrets">,
): SignedRequest {
  const text = textIn(body);
  const boundary = `------------------------${digestOf(text).slice(0, 16)}`;
  const headers = { "content-type": `multipart/form-data; boundary=${boundary}` };
  return { headers, query: {}, body: multipartOf(withHash(text, secrets[0] ?? ""), boundary) };
}

function withHash(text: string, secret: string): string {
  const body = jsonObjectIn(text);
  const { success, data } = signed.safeParse(body);
  if (!success) return text;
  const { event_time, event_type } = data.event;
  const event_hash = hmacSha256(Buffer.from(`${event_time}${event_type}`), secret).toString("hex");
  const event = Object.assign({}, Reflect.get(Object(body), "event"), { event_hash });
  return JSON.stringify({ ...body, event });
}

/** Without this text a callback counts as failed, whatever the status. */
export function reply(): Reply {
  return {
    status: 200,
    headers: { "content-type": "text/plain" },
    body: "Hello API Event Received",
  };
}
