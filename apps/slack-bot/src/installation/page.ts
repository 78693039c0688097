/** One sentence for whoever installs the app, and where they may go from there. Nothing of it is markup. */
export type Page = {
  title: string;
  sentence: string;
  link: { href: string; label: string } | null;
};

export function pageOf({ title, sentence, link }: Page): string {
  const further =
    link === null ? "" : `<p><a href="${escaped(link.href)}">${escaped(link.label)}</a></p>`;
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${escaped(title)}</title>
<style>body{font:1rem/1.5 system-ui,sans-serif;max-width:36rem;margin:4rem auto;padding:0 1rem;color-scheme:light dark}</style>
<main><h1>${escaped(title)}</h1><p>${escaped(sentence)}</p>${further}</main>
</html>
`;
}

const entities: Record<string, string> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

function escaped(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => entities[character] ?? "");
}
