/** Words that stand in any contract's or company's name, and so tell none from another. */
const common = new Set(
  `a an and agreement amendment annual for contract corp company co de deal der die document draft du et final for
  gmbh group inc la le license licence limited llc lease ltd master msa nda new of on order our plan proposal
  quote renewal sa sales service services sow statement the to und v with work your`.split(/\s+/),
);

/** The telling words of a title or name, each once, in small letters and without accents. */
export function tellingWords(text: string | null): string[] {
  const plain = (text ?? "").normalize("NFKD").replaceAll(/\p{M}/gu, "").toLowerCase();
  const words = plain.match(/[\p{L}\p{N}]{3,}/gu) ?? [];
  return [...new Set(words)].filter((word) => !common.has(word));
}
