import { expect, it } from "vitest";
import { pageOf } from "./page.ts";

it("shows what comes from outside as text", () => {
  const page = pageOf({
    title: "A & B",
    sentence: `<script>alert("1")</script> 'x'`,
    link: { href: `https://slack.com/?a=1&b="`, label: "<b>Open</b>" },
  });
  expect(page).toContain("&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &#39;x&#39;");
  expect(page).toContain(
    '<a href="https://slack.com/?a=1&amp;b=&quot;">&lt;b&gt;Open&lt;/b&gt;</a>',
  );
  expect(page).toContain("<title>A &amp; B</title>");
});
