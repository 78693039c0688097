import type { Paging } from "../blocks/page-buttons.ts";

/** How an answer is to be shown: to everybody in the channel or not, and which page of it, from 1. */
export type Showing = { share: boolean; page: number };

/** Reads `--share` and `--page <n>` out of what was typed; what is left are the words. */
export function readShowing(typed: string): Showing & { words: string } {
  const share = shareOption.test(typed);
  const page = Number(pageOption.exec(typed)?.[1] ?? 1);
  const words = typed.replace(shareOption, " ").replace(pageOption, " ").trim();
  return { words, share, page: Math.max(1, page) };
}

/** What a phone makes of two hyphens counts as these. */
const shareOption = /(?<!\S)(?:--|[–—])share(?!\S)/iu;
const pageOption = /(?<!\S)(?:--|[–—])page[\s=](\d{1,4})(?!\S)/iu;

/** What is typed for an answer to be shown so; empty for the first page for oneself. */
export function showingWords({ share, page }: Showing): string {
  return [...(share ? ["--share"] : []), ...(page > 1 ? [`--page ${page}`] : [])].join(" ");
}

/** The buttons to the pages beside this one, each carrying the command that asks for its page. */
export function pagingOf(
  asked: string,
  { share, page }: Showing,
  { hasMore }: { hasMore: boolean },
): Paging {
  const valueOf = (other: number) => `${asked} ${showingWords({ share, page: other })}`.trim();
  return {
    previous: page > 1 ? valueOf(page - 1) : null,
    next: hasMore ? valueOf(page + 1) : null,
  };
}
