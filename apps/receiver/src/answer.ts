import type { IncomingRequest, Reply } from "@countersign/core";
import type { Source } from "./config.ts";
import type { Received } from "./receive.ts";

/** How long a provider is asked to wait before it sends again, in seconds. */
const retryAfterSeconds = 10;

/**
 * What a provider is answered. Whatever is authentic and durable gets its success answer, understood or
 * not: an error would make it retry for days or switch the webhook off. Never 410, which some obey for good.
 */
export function answer(received: Received, source: Source, request: IncomingRequest): Reply {
  switch (received.outcome) {
    case "recorded":
    case "duplicate":
    case "quarantined":
      return source.provider.reply?.(request) ?? { status: 200 };
    case "refused":
      return { status: 401, body: refusals[received.reason] };
    case "unavailable":
      return {
        status: 503,
        headers: { "Retry-After": String(retryAfterSeconds) },
        body: "Not stored. Send it again later.",
      };
  }
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
