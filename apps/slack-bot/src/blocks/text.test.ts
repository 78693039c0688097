import { expect, it } from "vitest";
import { dateToken, linkTo, literal, quote } from "./text.ts";

it.each([
  ["<!channel> & <@U123>", "&lt;!channel&gt; &amp; &lt;@U123&gt;"],
  ["*bold* _it_ ~gone~ `code`", "∗bold∗ ˍitˍ ∼gone∼ ˋcodeˋ"],
  ["ann_lee@example.com 3*4", "ann_lee@example.com 3*4"],
  [":tada: at 10:30", "\uA789tada: at 10:30"],
  ["(:日本:)", "(\uA789日本:)"],
])("shows %s as it stands", (text, shown) => {
  expect(literal(text)).toBe(shown);
});

it.each([
  ["  two\n lines\t\u0007 ", 50, "two lines"],
  ["abcdef", 6, "abcdef"],
  ["abcdefg", 6, "abcde…"],
  ["abcd😀fg", 6, "abcd…"],
  ["pay \u202Eevil", 50, "pay evil"],
  ["pay \u061Cnow", 50, "pay now"],
  ["חוזה", 50, "\u2068חוזה\u2069"],
])("quotes %j in %i characters", (text, length, quoted) => {
  expect(quote(text, length)).toBe(quoted);
});

it("writes a time for every reader's own zone", () => {
  expect(dateToken("2026-05-04T09:00:00.000Z")).toBe(
    "<!date^1777885200^{date_short_pretty} {time}|2026-05-04T09:00:00.000Z>",
  );
});

it.each([
  ["https://example.com/1", "Mill <lease>", "<https://example.com/1|Mill &lt;lease&gt;>"],
  ["https://example.com/?a=1&b=<2>|3", "Mill", "<https://example.com/?a=1&amp;b=%3C2%3E%7C3|Mill>"],
  ["http://example.com/1", "Mill", "Mill"],
  ["javascript:alert(1)", "Mill", "Mill"],
  [`https://example.com/${"a".repeat(500)}`, "Mill", "Mill"],
  [null, "*Mill*", "∗Mill∗"],
])("links to %s", (url, label, link) => {
  expect(linkTo(url, label)).toBe(link);
});
