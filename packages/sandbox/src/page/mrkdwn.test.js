import { expect, test } from "vitest";
import { isSafeAddress, parseMrkdwn } from "./mrkdwn.js";
import { formatSlackDate } from "./slack-date.js";

const text = (words) => ({ type: "text", text: words });

test.each([
  ["*bold*", [{ type: "bold", children: [text("bold")] }]],
  [
    "_it_ ~no~",
    [
      { type: "italic", children: [text("it")] },
      text(" "),
      { type: "strike", children: [text("no")] },
    ],
  ],
  ["*_both_*", [{ type: "bold", children: [{ type: "italic", children: [text("both")] }] }]],
  ["snake_case_name 2*3*4", [text("snake_case_name 2*3*4")]],
  ["* not bold *", [text("* not bold *")]],
  ["`*raw* &lt;`", [{ type: "code", text: "*raw* <" }]],
  ["```a\n*b*```", [{ type: "pre", text: "a\n*b*" }]],
  ["&lt;b&gt; &amp;amp;", [text("<b> &amp;")]],
  [
    "<https://x.example/?a=1&amp;b|go>",
    [{ type: "link", href: "https://x.example/?a=1&b", children: [text("go")] }],
  ],
  ["<javascript:alert(1)|go>", [{ type: "link", href: null, children: [text("go")] }]],
  [
    "<@U1> in <#C1|deals> <!here>",
    [
      { type: "mention", text: "@Dana" },
      text(" in "),
      { type: "mention", text: "#deals" },
      text(" "),
      { type: "mention", text: "@here" },
    ],
  ],
  [":tada: 10:30", [{ type: "emoji", text: "tada" }, text(" 10:30")]],
  ["&gt; said\nthen", [{ type: "quote", children: [text("said")] }, text("then")]],
  [
    "<!date^1795428000^{date} at {time}|then>",
    [{ type: "date", at: 1795428000, format: "{date} at {time}", href: null, text: "then" }],
  ],
  ["a\nb", [text("a"), { type: "break" }, text("b")]],
])("%s", (source, nodes) => {
  expect(parseMrkdwn(source, () => "Dana")).toEqual(nodes);
});

test.each([
  ["https://a.example", true],
  ["mailto:a@b.example", true],
  ["JavaScript:alert(1)", false],
  ["data:text/html,x", false],
  ["//a.example", false],
])("%s may be followed: %s", (href, safe) => {
  expect(isSafeAddress(href)).toBe(safe);
});

test.each([
  ["{date_short_pretty} at {time}", 0, "today at 9:00 AM"],
  ["{date_pretty}", -86_400, "yesterday"],
  ["{date_long}", 86_400 * 3, "Thursday, November 26, 2026"],
  ["{ago}", -3_600 * 5, "5 hours ago"],
  ["{unknown}", 0, "{unknown}"],
])("the date %s", (format, offset, shown) => {
  const now = new Date(2026, 10, 23, 9, 0);
  expect(formatSlackDate(now.getTime() / 1000 + offset, format, "", now)).toBe(shown);
});

test("a date that is none shows its fallback", () => {
  expect(formatSlackDate(Number.NaN, "{date}", "soon")).toBe("soon");
});
