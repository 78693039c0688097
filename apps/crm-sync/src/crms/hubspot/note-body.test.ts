import * as fc from "fast-check";
import { expect, it } from "vitest";
import { noteBody } from "./note-body.ts";

it("has a paragraph for each line, and the marker last", () => {
  expect(noteBody({ subject: "Signed", lines: ["By: Ann"], marker: "cs-1" })).toBe(
    "<p><strong>Signed</strong></p><p>By: Ann</p><p><em>Countersign cs-1</em></p>",
  );
});

it("holds no markup but its own, whatever people write", () => {
  const own = /<\/?(p|strong|em)>/g;
  const law = fc.property(fc.string(), fc.array(fc.string()), (subject, lines) => {
    const text = noteBody({ subject, lines, marker: "cs-1" }).replaceAll(own, "");
    expect(text).not.toMatch(/[<>"']|&(?!(amp|lt|gt|quot|#39);)/);
  });
  fc.assert(law);
  const nasty = '<img src=x onerror="alert(1)">';
  expect(noteBody({ subject: nasty, lines: [nasty], marker: "m" })).not.toContain("<img");
});
