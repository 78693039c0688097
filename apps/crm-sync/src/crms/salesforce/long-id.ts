const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345";

/**
 * A record's id with its three check characters, each of which says which of five characters are capitals:
 * people copy ids of 15 characters, the API gives those of 18 (help.salesforce.com, "15- and 18-character ids").
 */
export function longId(id: string): string {
  if (id.length !== 15) return id;
  const checks = [0, 5, 10].map((start) => {
    const five = id.slice(start, start + 5).split("");
    const capitals = five.map((letter, place) => (/[A-Z]/.test(letter) ? 2 ** place : 0));
    return letters.charAt(capitals.reduce((sum, bit) => sum + bit, 0));
  });
  return id + checks.join("");
}
