import type { Log } from "@countersign/service";
import { secretFingerprint, type SecretUse, type StoredSecretUse } from "@countersign/store";
import { Gauge, type Registry } from "prom-client";
import type { Source } from "./config.ts";

/** When each of the configured secrets last proved a request, so that an operator sees when an old one is idle. */
type SecretsInUse = {
  note: (source: string, secretIndex: number, at: Date) => void;
  /** The uses since the last time it was asked. */
  takeNews(): SecretUse[];
  /** What is remembered from before, and by other receivers. */
  learn(stored: readonly StoredSecretUse[]): void;
};

type Use = { source: string; fingerprint: string; secretIndex: number; lastUsed: number };

/**
 * Also shown to Prometheus: `secret` is the place in countersign.yaml from 1, 0 seconds means never.
 */
export function createSecretsInUse(
  sources: ReadonlyMap<string, Source>,
  registry: Registry,
): SecretsInUse {
  const bySource = new Map<string, Use[]>();
  for (const { name, secrets } of sources.values()) bySource.set(name, usesOf(name, secrets));
  const all = [...bySource.values()].flat();
  const news = new Set<Use>();
  exportUses(all, registry);
  return {
    note(source, secretIndex, at) {
      const use = bySource.get(source)?.[secretIndex];
      if (use === undefined) return;
      use.lastUsed = Math.max(use.lastUsed, at.getTime());
      news.add(use);
    },
    takeNews() {
      const taken = [...news].map(({ lastUsed, ...use }) => ({ ...use, at: new Date(lastUsed) }));
      news.clear();
      return taken;
    },
    learn(stored) {
      for (const { source, fingerprint, lastUsedAt } of stored) {
        const use = bySource.get(source)?.find((one) => one.fingerprint === fingerprint);
        if (use) use.lastUsed = Math.max(use.lastUsed, Date.parse(lastUsedAt));
      }
    },
  };
}

function usesOf(source: string, secrets: readonly string[]): Use[] {
  return secrets.map((secret, secretIndex) => ({
    source,
    fingerprint: secretFingerprint(secret),
    secretIndex,
    lastUsed: 0,
  }));
}

function exportUses(uses: readonly Use[], registry: Registry): void {
  const gauge = new Gauge({
    name: "countersign_secret_last_used_timestamp_seconds",
    help: "When a source's secret last proved a request, in seconds since 1970; 0 for never",
    labelNames: ["source", "secret"],
    registers: [registry],
    collect() {
      for (const { source, secretIndex, lastUsed } of uses) {
        gauge.set({ source, secret: String(secretIndex + 1) }, lastUsed / 1_000);
      }
    },
  });
}

type SecretUsePorts = {
  note: (uses: readonly SecretUse[]) => Promise<void>;
  read: () => Promise<StoredSecretUse[]>;
};

const minute = 60_000;

/**
 * Writes the uses down and reads those of other receivers: at once, every minute, and once more when it is
 * disposed of. What could not be written is written the next time.
 */
export function shareSecretUse(
  secrets: SecretsInUse,
  ports: SecretUsePorts,
  log: Log,
): AsyncDisposable {
  const share = async () => {
    const news = secrets.takeNews();
    try {
      await ports.note(news);
      secrets.learn(await ports.read());
    } catch (error) {
      for (const { source, secretIndex, at } of news) secrets.note(source, secretIndex, at);
      log.warn({ error }, "use of secrets not noted");
    }
  };
  const timer = setInterval(() => void share(), minute);
  const first = share();
  return {
    async [Symbol.asyncDispose]() {
      clearInterval(timer);
      await first;
      await share();
    },
  };
}
