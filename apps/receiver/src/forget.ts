import type { Log } from "@countersign/service";

const hour = 3_600_000;

/**
 * Forgets every hour what deliveries said longer than `days` ago; what they proved stays. Several receivers
 * may do so at once.
 */
export function forgetRegularly(
  forget: (before: Date) => Promise<number>,
  days: number,
  now: () => Date,
  log: Log,
): Disposable {
  const forgetNow = async () => {
    const deliveries = await forget(new Date(now().getTime() - days * 24 * hour));
    if (deliveries > 0) log.info({ deliveries }, "deliveries forgotten");
  };
  const timer = setInterval(() => {
    forgetNow().catch((error: unknown) => log.warn({ error }, "deliveries not forgotten"));
  }, hour);
  return { [Symbol.dispose]: () => clearInterval(timer) };
}
