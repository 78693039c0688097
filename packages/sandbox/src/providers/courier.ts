import { setTimeout as delay } from "node:timers/promises";
import { deliver } from "./deliver.ts";
import { afterTry, type Letter, type Webhook } from "./webhook.ts";

export type Courier = {
  /** Sends each letter once the one before it has had its first try; failures are tried again later. */
  send: (letters: readonly Letter[]) => Promise<void>;
  /** Sends all of them at the same moment. */
  sendAtOnce: (letters: readonly Letter[]) => Promise<void>;
  /** Writes down that these never arrive. */
  lose: (letters: readonly Letter[]) => void;
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
  /** What a provider signs with now. */
  secretOf: (providerId: string) => string;
  now: () => Date;
  onChange: () => void;
  delays?: readonly number[];
}): Courier {
  const { receiverUrl, secretOf, now, onChange, delays = [1_000, 3_000, 10_000, 30_000] } = options;
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
    const secret = secretOf(webhook.providerId);
    const answer = await deliver(webhook, { receiverUrl, secret, now: now() }, signal);
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
    lose(letters) {
      for (const letter of letters) keep({ ...open(letter), state: "lost" });
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
