import { signedRequest } from "@countersign/core/testing";
import { knownProvider } from "./known-provider.ts";
import type { Webhook } from "./webhook.ts";

/** One try, signed as of `now`: the receiver's answer, or none within ten seconds. */
export async function deliver(
  webhook: Webhook,
  { receiverUrl, secret, now }: { receiverUrl: string; secret: string; now: Date },
  stopped: AbortSignal,
): Promise<{ status: number | null; ms: number }> {
  const { providerId } = webhook;
  const started = performance.now();
  const request = signedRequest(providerId, secret, bodyOf(webhook, now), now);
  const url = new URL(`/webhooks/${providerId}`, receiverUrl);
  for (const [name, value] of Object.entries(request.query)) url.searchParams.set(name, value);
  const answer = await fetch(url, {
    method: request.method,
    headers: single(request.headers),
    body: Buffer.from(request.body),
    signal: AbortSignal.any([stopped, AbortSignal.timeout(10_000)]),
  }).catch(() => null);
  await answer?.body?.cancel();
  return { status: answer?.status ?? null, ms: Math.round(performance.now() - started) };
}

/** Some vendors write the time or the number of the repetition into the body. */
function bodyOf({ providerId, body, attempt, tries }: Webhook, now: Date): Uint8Array {
  const repetition = attempt + tries;
  if (repetition === 0) return body;
  return knownProvider(providerId).vendorSide.repeated?.(body, now, repetition) ?? body;
}

function single(headers: Record<string, string | string[] | undefined>): Record<string, string> {
  const entries = Object.entries(headers).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, [value].flat().join(", ")]],
  );
  return Object.fromEntries(entries);
}
