import { escapeHtml } from "@countersign/service";

/** A rehearsal as one HTML file that needs nothing else: for a pull request, or for whoever decides. */
export function rehearsalPage(
  { config, since }: { config: string; since: string },
  parts: readonly string[],
): string {
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Rehearsal of ${escapeHtml(config)}</title>
<style>${style}</style>
<h1>Rehearsal of ${escapeHtml(config)}</h1>
<p>What would differ for the contracts that changed since ${escapeHtml(since)}, from what is stored of them.
Nothing has been written or posted.</p>
${parts.join("\n")}
</html>
`;
}

const style = `
body { font: 16px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 75rem; padding: 0 1rem; color: #1a1a1a; }
table { border-collapse: collapse; width: 100%; margin-bottom: 2rem; }
th, td { border-bottom: 1px solid #d5d5d5; padding: 0.4rem 0.6rem; text-align: left; vertical-align: top; overflow-wrap: anywhere; }
caption { text-align: left; font-weight: 600; padding: 0.5rem 0; }
del { color: #8a1f11; } ins { color: #11602a; text-decoration: none; font-weight: 600; }
.empty { color: #5f5f5f; }
`;
