import { clip, type Contract } from "@countersign/core";

/** What people look for a contract by: its title, its parties and their addresses, its ids. */
export function searchableText(contract: Contract): string {
  const people = contract.recipients.flatMap(({ name, email }) => [name, email]);
  const texts = [
    contract.title,
    contract.externalId,
    contract.sender?.name,
    contract.sender?.email,
    ...people,
    ...Object.values(contract.fields),
  ];
  return texts.filter((text) => typeof text === "string").join(" ");
}

/** Lower-case letters and digits in a row, each word once; PostgreSQL takes lexemes of at most 2 KB. */
export function splitWords(text: string): string[] {
  const words =
    text
      .normalize("NFKC")
      .toLowerCase()
      .match(/[\p{L}\p{N}\p{M}]+/gu) ?? [];
  return [...new Set(words.map((word) => clip(word, 100)))].slice(0, 2_000);
}
