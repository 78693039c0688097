/** Whose history is meant by a word: a contract's id has a slash, and a CRM's record's has none. */
export function subjectOf(word: string): { contract: string } | { record: string } {
  return word.includes("/") ? { contract: word } : { record: word };
}
