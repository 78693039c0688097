import type { StoredSecretUse } from "@countersign/store";

export type JudgedSecret = StoredSecretUse & { safeToDrop: boolean };

const quietDays = 7;

/**
 * Which secrets may be dropped: an older one that has proved nothing for seven days, while a newer one of the
 * same source has proved something since.
 */
export function judgeSecrets(uses: readonly StoredSecretUse[], now: Date): JudgedSecret[] {
  const quietSince = new Date(now.getTime() - quietDays * 24 * 3_600_000);
  return uses.map((use) => {
    const replaced = uses.some((other) => other.source === use.source && replaces(other, use));
    return { ...use, safeToDrop: replaced && new Date(use.lastUsedAt) <= quietSince };
  });
}

function replaces(newer: StoredSecretUse, older: StoredSecretUse): boolean {
  return (
    new Date(newer.firstUsedAt) > new Date(older.firstUsedAt) &&
    new Date(newer.lastUsedAt) > new Date(older.lastUsedAt)
  );
}
