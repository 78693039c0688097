import { expect, it } from "vitest";
import { escapeHtml } from "./html.ts";

it.each([
  ["Lease <2026> & more", "Lease &lt;2026&gt; &amp; more"],
  [`"it's"`, "&quot;it&#39;s&quot;"],
  ["&lt;", "&amp;lt;"],
  ["Łódź", "Łódź"],
])("shows %s as it stands", (text, html) => {
  expect(escapeHtml(text)).toBe(html);
});
