import { describe, expect, test } from "vitest";
import { workOf } from "../../testing/work-of.ts";
import { jsonTextIn, multipartOf } from "./form.ts";

const multipart = (boundary: string) => `multipart/form-data; boundary=${boundary}`;

function read(type: string | string[] | undefined, body: string | Uint8Array): string | undefined {
  return jsonTextIn({ headers: { "content-type": type }, body: Buffer.from(body) });
}

const part = (name: string, text: string) =>
  `--B\r\nContent-Disposition: form-data; name=${name}\r\n\r\n${text}\r\n`;

describe("a multipart form", () => {
  test.each([
    ["of one field", `${part('"json"', "{}")}--B--\r\n`, "{}"],
    ["without the last line end", `${part('"json"', "{}")}--B--`, "{}"],
    ["whose name is bare", `${part("json", "{}")}--B--`, "{}"],
    ["with other fields", `${part('"a"', "1")}${part('"json"', "{}")}--B--`, "{}"],
    ["with the field twice", `${part('"json"', "1")}${part('"json"', "2")}--B--`, "1"],
    ["whose text has line ends", `${part('"json"', '{\r\n"a":"--"}')}--B--`, '{\r\n"a":"--"}'],
    ["without the field", `${part('"jsonx"', "{}")}--B--`, undefined],
    ["with a file of that name", `${part('"a"; filename="name=json"', "x")}--B--`, undefined],
    ["that never ends", part('"json"', "{}"), undefined],
    ["with a preamble", `Hello\r\n${part('"json"', "{}")}--B--`, undefined],
    [
      "with bare line feeds",
      '--B\nContent-Disposition: form-data; name="json"\n\n{}\n--B--',
      undefined,
    ],
    ["of too many parts", `${part('"a"', "1").repeat(30)}${part('"json"', "{}")}--B--`, undefined],
    ["of nothing", "", undefined],
  ])("%s", (_, body, text) => {
    expect(read(multipart("B"), body)).toBe(text);
  });

  test.each([
    [multipart('"B"'), "{}"],
    ["Multipart/Form-Data;charset=utf-8; Boundary=B", "{}"],
    ["multipart/form-data", undefined],
    [multipart(""), undefined],
    [multipart("C"), undefined],
  ])("as %s", (type, text) => {
    expect(read(type, `${part('"json"', "{}")}--B--`)).toBe(text);
  });

  test("is read as it is written", () => {
    for (const text of ["", "{}", '{"name":"Žofie\r\n--"}', "\r\n\r\n"]) {
      expect(read(multipart("B"), multipartOf(text, "B"))).toBe(text);
    }
  });

  test("takes no time to speak of, however it is made", () => {
    const hostile = `--B\r\n${"\r\n--".repeat(2_000_000)}`;
    const refuse = () => expect(read(multipart("B"), hostile)).toBeUndefined();
    expect(workOf(refuse)).toBeLessThan(1_000);
  });
});

test("an urlencoded form holds it as well", () => {
  const type = "application/x-www-form-urlencoded";
  expect(read(type, "a=1&json=%7B%22b%22%3A2%7D")).toBe('{"b":2}');
  expect(read(type, "a=1")).toBeUndefined();
});

test("any other body is the JSON itself", () => {
  expect(read("application/json", "{}")).toBe("{}");
  expect(read(undefined, "{}")).toBe("{}");
  expect(read(["text/plain", multipart("B")], "{}")).toBe("{}");
});
