import type { NewNote } from "../attachments.ts";

/** HubSpot takes 65,536 characters; nobody reads more than these. */
const longest = 10_000;

/** A note as HubSpot's HTML: what people wrote is text in it, whatever it looks like. */
export function noteBody({ subject, lines, marker }: Omit<NewNote, "at">): string {
  const paragraphs = [`<strong>${toHtml(subject)}</strong>`, ...lines.map(toHtml)];
  const reference = `<em>Countersign ${marker}</em>`;
  return [...paragraphs, reference].map((text) => `<p>${text}</p>`).join("");
}

const entities: Record<string, string> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

function toHtml(text: string): string {
  return text.slice(0, longest).replaceAll(/[&<>"']/g, (character) => entities[character] ?? "");
}
