import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cutFiles, restoreFiles } from "./inlined-files.ts";

const pdf = Buffer.alloc(9_000, "%PDF-1.7 signed ").toString("base64");

describe("cutFiles", () => {
  it.each<[string, string, number]>([
    ["a file in JSON", `{"id":1,"document":"${pdf}","name":"x"}`, 1],
    ["a file with escaped slashes", `{"document":"${pdf.replaceAll("U", "\\/")}"}`, 1],
    [
      "two files in XML, broken into lines",
      `<a>${pdf.replaceAll(/(.{76})/g, "$1\r\n")}</a><b>${pdf}</b>`,
      2,
    ],
    ["no file in a long text", `{"text":"${"a b ".repeat(5_000)}"}`, 0],
    ["no file in a token", `{"token":"${"A".repeat(500)}"}`, 0],
    ["no file in nothing", "", 0],
  ])("finds %s", (_what, text, count) => {
    const cut = cutFiles(Buffer.from(text));
    expect(cut.files).toHaveLength(count);
    expect(Buffer.from(restoreFiles(cut.body, cut.files)).toString()).toBe(text);
    const length = cut.body.length + cut.files.reduce((sum, file) => sum + file.bytes.length, 0);
    expect(length).toBe(Buffer.byteLength(text));
  });

  it("gives every body back byte for byte", () => {
    const run = fc.nat({ max: 3 }).map((times) => Buffer.from("Ab+/".repeat(1_030 * times)));
    const rest = fc.uint8Array({ maxLength: 40 }).map((bytes) => Buffer.from(bytes));
    fc.assert(
      fc.property(fc.array(fc.oneof(run, rest), { maxLength: 8 }), (parts) => {
        const body = Buffer.concat(parts);
        const cut = cutFiles(body);
        expect(Buffer.compare(Buffer.from(restoreFiles(cut.body, cut.files)), body)).toBe(0);
      }),
    );
  });
});
