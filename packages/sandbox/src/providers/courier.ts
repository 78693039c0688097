import { setTimeout as delay } from "node:timers/promises";
import { providerById } from "@countersign/core";
import { secretOf } from "../credentials.ts";
import { afterTry, type Letter, type Webhook } from "./webhook.ts";

export type Courier = {
  /** Sends each letter once the one before it has had its first try; failures are tried again later. */
  send: (letters: readonly Letter[]) => Promise<void>;
  /** Sends all of them at the same moment. */
  sendAtOnce: (letters: readonly Letter[]) => Promise<void>;
  /** Newest first, at most the last 200. */
  webhooks: () => Webhook[];
  reset: () => void;
  [Symbol.dispose](): void;
};

/**
 * Carries webhooks to `<receiverUrl>/webhooks/<provider>`, each try signed anew as vendors do. `delays` are
 * the milliseconds between tries: vendors wait minutes to hours, the sandbox seconds.
 */
export function createCourier(options: {
  receiverUrl: string;
  now: () => Date;
  onChange: () => void;
  delays?: readonly number[];
}): Courier {
  const { now, onChange, delays = [1_000, 3_000, 10_000, 30_000] } = options;
  const known = new Map<string, Webhook>();
  let stopped = new AbortController();
  let count = 0;

  function keep(webhook: Webhook): void {
    known.set(webhook.id, webhook);
    const oldest = known.size > 200 ? known.keys().next().value : undefined;
    if (oldest !== undefined) known.delete(oldest);
    onChange();
  }

  async function attempt(webhook: Webhook, signal: AbortSignal): Promise<void> {
    keep({ ...webhook, state: "sending", nextTryAt: null });
    const answer = await deliver(webhook, options.receiverUrl, now(), signal);
    if (signal.aborted) return;
    const after = afterTry(webhook, { ...answer, at: now() }, delays);
    keep(after.webhook);
    if (after.retryIn !== null) void retry(after.webhook, after.retryIn, signal);
  }

  async function retry(webhook: Webhook, retryIn: number, signal: AbortSignal): Promise<void> {
    const due = await delay(retryIn, true, { signal }).catch(() => false);
    if (due) await attempt(webhook, signal);
  }

  function open(letter: Letter): Webhook {
    const id = `wh-${(count += 1)}`;
    const fresh = { status: null, ms: null, tries: 0, nextTryAt: null };
    return { ...letter, id, at: now().toISOString(), state: "sending", ...fresh };
  }

  return {
    async send(letters) {
      const { signal } = stopped;
      for (const letter of letters) await attempt(open(letter), signal);
    },
    async sendAtOnce(letters) {
      const { signal } = stopped;
      await Promise.all(letters.map((letter) => attempt(open(letter), signal)));
    },
    webhooks: () => [...known.values()].toReversed(),
    reset() {
      stopped.abort();
      stopped = new AbortController();
      known.clear();
      onChange();
    },
    [Symbol.dispose]: () => stopped.abort(),
  };
}

/** One try: the receiver's answer, or none within ten seconds. */
async function deliver(
  letter: Letter,
  receiverUrl: string,
  now: Date,
  stopped: AbortSignal,
): Promise<{ status: number | null; ms: number }> {
  const started = performance.now();
  const url = new URL(`/webhooks/${letter.providerId}`, receiverUrl);
  for (const [name, value] of Object.entries(letter.query)) url.searchParams.set(name, value);
  const answer = await fetch(url, {
    method: letter.method,
    headers: { ...letter.headers, ...signatureOf(letter, now) },
    body: letter.body,
    signal: AbortSignal.any([stopped, AbortSignal.timeout(10_000)]),
  }).catch(() => null);
  await answer?.body?.cancel();
  return { status: answer?.status ?? null, ms: Math.round(performance.now() - started) };
}

function signatureOf({ providerId, body }: Letter, now: Date): Record<string, string> {
  const provider = providerById(providerId);
  if (provider === undefined) throw new Error(`There is no provider "${providerId}".`);
  const settings = provider.settings.parse({});
  return provider.sign(body, { secrets: [secretOf(providerId)], settings, now });
}
