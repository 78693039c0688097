import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { mrkdwn, type Message } from "../blocks/message.ts";
import { nastyCard } from "../blocks/testing/nasty.ts";
import { dateToken, linkTo, literal } from "../blocks/text.ts";
import { renderCard } from "../notifications/render.ts";
import { plainMessage } from "./plain-words.ts";

function shownOf(text: string): string[] {
  const message: Message = { text: "", blocks: [{ type: "section", text: mrkdwn(text) }] };
  return plainMessage(message).shows;
}

describe("mrkdwn as people read it", () => {
  it.each([
    [`*Amount* ${literal("USD 25,000")}`, ["Amount USD 25,000"]],
    [`since ${dateToken("2026-05-04T09:00:00.000Z")}`, ["since 2026-05-04T09:00:00.000Z"]],
    [linkTo("https://sign.example/1?a=1&b=2", "Lease <2026> & more"), ["Lease <2026> & more"]],
    ["one\ntwo", ["one", "two"]],
    ["&amp;lt;", ["&lt;"]],
  ])("%s", (text, expected) => {
    expect(shownOf(text)).toEqual(expected);
  });
});

it("a card shows no mark-up of ours, a line each", () => {
  fc.assert(
    fc.property(nastyCard, (card) => {
      const { text, shows } = plainMessage(renderCard(card));
      for (const line of [text, ...shows]) {
        expect(line).not.toMatch(/\{date_short_pretty\}|\n/);
      }
    }),
  );
});
