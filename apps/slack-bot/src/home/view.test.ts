import { aFact } from "@countersign/store/testing";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { buttonsOf, read, textsOf } from "../blocks/testing/readable.ts";
import { cardFrom } from "../blocks/testing/cards.ts";
import { nastyCard, nastyText } from "../blocks/testing/nasty.ts";
import { isIsolated, strayMarkup } from "../blocks/testing/stray-markup.ts";
import { findViewFaults } from "../blocks/validate.ts";
import { readSettings } from "../people/settings.ts";
import { at, described, signing } from "../testing/contracts.ts";
import type { Home } from "./home.ts";
import { readHomePage } from "./page-buttons.ts";
import { homePage } from "./read-home.ts";
import { urgencies } from "./urgency.ts";
import { homeView } from "./view.ts";

const empty: Home = {
  email: "dana@northgate.example",
  counts: { expiring: 0, mine: 0, stalled: 0, waiting: 0 },
  hasMore: false,
  rows: [],
  page: 1,
  pages: 1,
  finished: [],
  settings: readSettings({}),
  timezone: "America/New_York",
};

const { sent, annSigns, completed } = signing;
const waiting = cardFrom(
  described({ url: "https://app.docusign.com/documents/1" }),
  sent,
  annSigns,
);
const bounced = aFact("recipient.bounced", { recipient: "1", occurredAt: at("09:30") });
const troubled = cardFrom(described({ title: "New lease" }), sent, bounced);
const finished = cardFrom(described({ title: "Old lease" }), sent, completed);

describe("App Home", () => {
  it("shows open contracts by urgency, whom each waits for and since when, and what has ended", () => {
    const view = homeView({
      ...empty,
      counts: { expiring: 0, mine: 1, stalled: 0, waiting: 2 },
      rows: [
        { urgency: "mine", card: troubled, isQuiet: false },
        { urgency: "waiting", card: waiting, isQuiet: true },
      ],
      finished: [finished],
    });
    expect(findViewFaults(view)).toEqual([]);
    const shown = read(view);
    for (const words of [
      "3 open contracts: 1 needs your move, 2 wait for others.",
      "👉 *Needs your move*\n⚠️ New lease · Needs attention: the mail to Ann Lee bounced",
      "Mill lease> · Partly signed, waits for Bob Roy since <!date^",
      "quiet for you",
      "🏁 *Finished lately*\n✅ Old lease · Completed, <!date^",
    ]) {
      expect(shown).toContain(words);
    }
    expect(shown).not.toContain("Expiring soon");
    expect(buttonsOf(view).get("Show")).toMatchObject({ value: waiting.contractId });
  });

  it("shows what a person is told, and lets them change it", () => {
    const shown = read(homeView(empty));
    expect(shown).toContain(
      "*Direct messages* sent, signed, completed, declined, voided, expired, cannot go on,",
    );
    expect(shown).toContain("*Quiet* from 20:00 to 08:00 and at weekends (America/New_York)");
    expect(shown).toContain("*Digest* off");
    expect(buttonsOf(homeView(empty)).get("Change")).toMatchObject({ action_id: "open_settings" });
    const settings = readSettings({
      dm: Object.fromEntries(Object.keys(empty.settings.dm).map((type) => [type, false])),
      quietHours: null,
      weekends: "as usual",
      digest: { every: "week", at: "07:30", weekday: "fri" },
    });
    const other = read(homeView({ ...empty, settings }));
    for (const words of ["messages* none", "*Quiet* never", "*Digest* every Friday at 07:30"]) {
      expect(other).toContain(words);
    }
  });

  it("says that nothing is open, and that it does not know whose contracts to show", () => {
    expect(read(homeView(empty))).toContain("None of your contracts is open.");
    expect(read(homeView({ ...empty, email: null }))).toContain("/contract connect");
  });

  it.each([
    [1, ["Next"]],
    [2, ["Previous", "Next"]],
    [3, ["Previous"]],
  ])("leads from page %i to %j", (page, names) => {
    const view = homeView({ ...empty, page, pages: 3 });
    const buttons = [...buttonsOf(view).entries()].filter(([name]) => name !== "Change");
    expect(buttons.map(([name]) => name)).toEqual(names);
    const pages = buttons.map(([, { value }]) => readHomePage(String(value)));
    expect(pages).toEqual(names.map((name) => (name === "Next" ? page + 1 : page - 1)));
    expect(read(view)).toContain(`Page ${page} of 3`);
  });

  it("reads no page out of anything else", () => {
    expect(["", "0", "-1", "1e9", "99999", "x"].map(readHomePage)).toEqual([1, 1, 1, 1, 1, 1]);
  });
});

const nastyHome: fc.Arbitrary<Home> = fc.record({
  email: fc.option(nastyText),
  counts: fc.constant({ expiring: 1, mine: 2, stalled: 3, waiting: 400 }),
  hasMore: fc.boolean(),
  rows: fc.array(
    fc.record({
      urgency: fc.constantFrom(...urgencies),
      card: nastyCard,
      isQuiet: fc.boolean(),
    }),
    { minLength: homePage, maxLength: homePage },
  ),
  page: fc.constant(2),
  pages: fc.constant(34),
  finished: fc.array(nastyCard, { maxLength: 5, size: "max" }),
  settings: fc.constant(readSettings({})),
  timezone: fc.option(nastyText),
});

it("stays within what Slack takes, and mentions, links and formats nothing of a contract's text", () => {
  fc.assert(
    fc.property(nastyHome, (home) => {
      const view = homeView(home);
      expect(findViewFaults(view)).toEqual([]);
      for (const shown of textsOf(view)) {
        expect(strayMarkup(shown)).toEqual([]);
        expect(isIsolated(shown.text)).toBe(true);
      }
    }),
    { numRuns: 100 },
  );
}, 120_000);
