import type { Shown } from "./readable.ts";

/** What is left of markup when our own is taken away: our dates, links, labels in bold, and marks within a word. */
export function strayMarkup({ type, text }: Shown): string[] {
  if (type === "plain_text") return [];
  const rest = text
    .replaceAll(/<!date\^\d+\^\{date_short_pretty\} \{time\}\|[\dTZ:.-]+>/g, "")
    .replaceAll(/<https:\/\/example\.com\/[^<>|\s]*\|([^<>]*)>/g, "$1")
    .replaceAll(/(^|\n)(\S{1,3} )?\*[\w ,]+\*/gu, "$1");
  const patterns = [
    /[<>]/g,
    /&(?!amp;|lt;|gt;)/g,
    /(?<![\p{L}\p{N}])[*_~`]|[*_~`](?![\p{L}\p{N}])/gu,
    /:[\p{L}\p{N}\p{M}_+'-]+:/gu,
    /(^|\n)&gt;/g,
  ];
  return patterns.flatMap((pattern) => rest.match(pattern) ?? []);
}

/** Every isolate that begins ends in the same line, and nothing else turns the direction. */
export function isIsolated(text: string): boolean {
  if (/[\u061C\u200E\u200F\u202A-\u202E\u2066\u2067]/u.test(text)) return false;
  return text.split("\n").every((part) => {
    let depth = 0;
    for (const [sign] of part.matchAll(/[\u2068\u2069]/gu)) {
      depth += sign === "\u2068" ? 1 : -1;
      if (depth < 0) return false;
    }
    return depth === 0;
  });
}
