const checkAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345";

/**
 * A record id's 18-character form. The last three characters say which of the first 15 are capitals
 * (help.salesforce.com, "Convert 15-character IDs").
 */
export function toLongId(short: string): string {
  const checks = [0, 5, 10].map((start) => {
    const bits = Array.from(
      { length: 5 },
      (_, bit) => isCapital(short.charAt(start + bit)) * 2 ** bit,
    );
    return checkAlphabet.charAt(bits.reduce((sum, bit) => sum + bit, 0));
  });
  return short + checks.join("");
}

function isCapital(character: string): 0 | 1 {
  return /[A-Z]/.test(character) ? 1 : 0;
}

export type ReadId = { kind: "id"; id: string } | { kind: "malformed" } | { kind: "not-an-id" };

/** Tells a wrong id (other object, bad check characters) from text that was never one. */
export function readId(text: string, keyPrefix: string): ReadId {
  if (!/^([A-Za-z0-9]{15}|[A-Za-z0-9]{18})$/.test(text)) return { kind: "not-an-id" };
  const id = toLongId(text.slice(0, 15));
  const right = id.startsWith(keyPrefix) && (text.length === 15 || text === id);
  return right ? { kind: "id", id } : { kind: "malformed" };
}
