import { escapeHtml as escape } from "@countersign/service";
import { rehearsalWords as words } from "../words/rehearsal-words.ts";
import { placeWords } from "./rehearsal-text.ts";
import type {
  RehearsedChange,
  RehearsedDigest,
  RehearsedPost,
  SlackRehearsal,
} from "./rehearsal.ts";

/** Slack's part of the page that shows a rehearsal; the command line puts the rest around it. */
export function rehearsalPart(rehearsed: SlackRehearsal): string {
  const { contracts, posts, without, changed, digests } = rehearsed;
  return `<h2>slack</h2>
<p>${contracts} contracts looked at: ${posts.length} messages would be said, ${without.length} no longer, ${changed.length} otherwise.</p>
${postsTable("Would be said", posts, "ins")}
${postsTable("Would no longer be said", without, "del")}
${changesTable(changed)}
${digestsTable(digests)}`;
}

function postsTable(caption: string, posts: readonly RehearsedPost[], tag: "ins" | "del"): string {
  const rows = posts.map(({ contractId, place, part, at, text, settled }) => {
    const note = settled && tag === "ins" ? ` (${escape(words.settled)})` : "";
    return [
      escape(contractId),
      escape(placeWords(place)),
      escape(words.part(part)),
      `<${tag}>${escape(text)}</${tag}>${note}`,
      escape(at),
    ];
  });
  return table(caption, ["Contract", "Where", "How", "What", "Happened"], rows);
}

function changesTable(changed: readonly RehearsedChange[]): string {
  const rows = changed.map(({ contractId, place, before, after, text, lost, gained }) => {
    const isMoved = before !== after;
    const [old, fresh] = isMoved ? [[words.part(before)], [words.part(after)]] : [lost, gained];
    return [
      escape(contractId),
      escape(placeWords(place)),
      escape(text),
      shown(old, "del"),
      shown(fresh, "ins"),
    ];
  });
  return table("Would be said otherwise", ["Contract", "Where", "What", "Now", "Then"], rows);
}

function shown(lines: readonly string[], tag: "ins" | "del"): string {
  if (lines.length === 0) return `<span class="empty">${escape(words.nothingShown)}</span>`;
  return lines.map((line) => `<${tag}>${escape(line)}</${tag}>`).join("<br>");
}

function digestsTable(digests: readonly RehearsedDigest[]): string {
  const rows = digests.map(({ place, message }) => [escape(placeWords(place)), escape(message)]);
  return table("Digests", ["Where", "What"], rows);
}

/** Cells come as HTML. */
function table(caption: string, heads: readonly string[], rows: readonly string[][]): string {
  if (rows.length === 0) return "";
  const head = heads.map((one) => `<th scope="col">${escape(one)}</th>`).join("");
  const body = rows.map((row) => `<tr>${row.map((cell) => `<td>${cell}</td>`).join("")}</tr>`);
  return `<table><caption>${escape(caption)}</caption>
<thead><tr>${head}</tr></thead>
<tbody>${body.join("\n")}</tbody></table>`;
}
