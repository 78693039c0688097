const checkAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345";

/** Record ids of opportunities begin so. */
const keyPrefix = "006";

export type ReadId =
  | { kind: "opportunity"; id: string }
  | { kind: "other-record" }
  | { kind: "mistyped" };

/**
 * Reads a record id of 15 or 18 characters; the id comes out with 18. Of those, the last three say which of
 * the first 15 are capitals (help.salesforce.com, "Convert 15-character IDs"). Null: far from an id.
 */
export function readRecordId(text: string): ReadId | null {
  if (!/^[A-Za-z0-9]{14,19}$/.test(text) || !text.startsWith("0")) return null;
  const short = text.slice(0, 15);
  const id = short + checkOf(short);
  const isWhole = text.length === 15 || text === id;
  if (!isWhole) return text.startsWith(keyPrefix) ? { kind: "mistyped" } : null;
  return text.startsWith(keyPrefix) ? { kind: "opportunity", id } : { kind: "other-record" };
}

function checkOf(short: string): string {
  const checks = [0, 5, 10].map((start) => {
    const letters = short.slice(start, start + 5).split("");
    return letters.reduce((sum, one, place) => sum + (/[A-Z]/.test(one) ? 2 ** place : 0), 0);
  });
  return checks.map((check) => checkAlphabet.charAt(check)).join("");
}
