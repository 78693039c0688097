const syllables = [
  "ba",
  "cor",
  "del",
  "fan",
  "gri",
  "hol",
  "jun",
  "kel",
  "lum",
  "mar",
  "nor",
  "pel",
];

/** Different words made of three syllables, at most 1,728, in an order that says nothing. */
function madeUpWords(count: number): string[] {
  return Array.from({ length: count }, (_, index) => {
    const number = (index * 601) % syllables.length ** 3;
    const places = [number / syllables.length ** 2, number / syllables.length, number];
    return places.map((place) => syllables[Math.floor(place) % syllables.length]).join("");
  });
}

/** A quarter of all contracts bears one of these. */
const kinds = ["lease", "licence", "supply", "service"];

/**
 * What stands in the template's text, and the words that take its place in contract n: word n × step. Goods and
 * companies share no divisor in number, so that 450 thousand contracts pass before a pair comes again.
 */
export const vocabularies = [
  { mark: "zzkind", words: kinds, step: 1 },
  { mark: "zzgoods", words: madeUpWords(300), step: 7 },
  { mark: "zzcompany", words: madeUpWords(1_499).map((word) => `${word}co`), step: 11 },
  { mark: "zzfirst", words: madeUpWords(400).map((word) => `${word}a`), step: 13 },
  { mark: "zzlast", words: madeUpWords(1_700).map((word) => `${word}son`), step: 17 },
] as const;

/** The words of contract n's title beside its kind: few contracts share both. */
export function titleWordsOf(contract: number): string {
  return vocabularies
    .slice(1, 3)
    .map(({ words, step }) => words[(contract * step) % words.length])
    .join(" ");
}
