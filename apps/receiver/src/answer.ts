import type { IncomingRequest, Reply } from "@countersign/core";
import type { Source } from "./config.ts";
import type { Received } from "./receive.ts";

/** How long a provider is asked to wait before it sends again, in seconds. */
const retryAfterSeconds = 10;

/**
 * What a provider is answered. Whatever is authentic and durable gets its success answer, understood or
 * not: an error would make it retry for days or switch the webhook off. Never 410, which some obey for good.
 * Too many requests are 429: Standard Webhooks tells senders to slow down at it, and every provider sends
 * again what was answered so.
 */
export function answer(received: Received, source: Source, request: IncomingRequest): Reply {
  switch (received.outcome) {
    case "recorded":
    case "kept":
    case "duplicate":
    case "quarantined":
      return source.provider.reply?.(request) ?? { status: 200 };
    case "refused":
      return { status: 401, body: refusals[received.reason] };
    case "unavailable":
      return later(503, retryAfterSeconds, "Not stored. Send it again later.");
    case "overloaded":
      return later(503, retryAfterSeconds, "Too much is under way. Send it again later.");
    case "too-fast":
      return later(429, Math.ceil(received.seconds), "Too many requests. Send it again later.");
    case "too-large":
      return {
        status: 413,
        body: "The body is larger than this source allows. Nothing was stored.",
      };
    case "compressed":
      return { status: 415, body: "Compressed bodies are not taken. Nothing was stored." };
    case "cut-off":
      return { status: 400, body: "The body was cut off. Nothing was stored." };
  }
}

function later(status: number, seconds: number, body: string): Reply {
  return { status, headers: { "Retry-After": String(seconds) }, body };
}

/** What is answered to anything but a POST. */
export const notPost: Reply = {
  status: 405,
  headers: { Allow: "POST" },
  body: "Webhooks come by POST.",
};

/** The answer to a GET, by which some vendors check the address before they send anything. */
export function handshake(source: Source, request: IncomingRequest, now: Date): Reply {
  const { provider, secrets, settings } = source;
  return provider.handshake?.(request, { secrets, settings, now }) ?? notPost;
}

const refusals = {
  "no-secret": "This source has no secret. Nothing was stored.",
  "no-signature": "The signature is missing. Nothing was stored.",
  "bad-signature": "The signature does not match. Nothing was stored.",
  "too-old": "The signature is too old. Nothing was stored.",
} as const;
