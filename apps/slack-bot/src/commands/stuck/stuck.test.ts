import { aFact } from "@countersign/store/testing";
import { describe, expect, it } from "vitest";
import { openStage, rolesWith } from "../../acting/testing/stage.ts";
import { tell } from "../../testing/bench.ts";
import { press, type } from "../../acting/testing/shown.ts";

const stage = openStage();

/** So many days of 24 hours ago. */
function daysAgo(days: number): string {
  return new Date(stage().ports.now().getTime() - days * 86_400_000).toISOString();
}

async function viewed(title: string, days: number) {
  const { externalId } = await stage().contract(title, { amount: { value: 900, currency: "EUR" } });
  const at = { recipient: "1", occurredAt: daysAgo(days) };
  await tell(stage().store, externalId, aFact("recipient.viewed", at));
}

async function signed(title: string, days: number) {
  const { externalId } = await stage().contract(title);
  const at = { recipient: "1", occurredAt: daysAgo(days) };
  await tell(stage().store, externalId, aFact("recipient.signed", at));
}

/** As many viewed contracts as are looked at, copied from one of several that are there. */
async function fill() {
  await stage().store.database.query(
    `insert into contracts
      select source || '/' || n, source, n, status, title,
        state || jsonb_build_object('id', source || '/' || n, 'externalId', n::text),
        version, words, created_at, changed_at
      from contracts, generate_series(1, $1) as n where title = 'Rush lease'`,
    [300],
  );
}

describe("/contract stuck", () => {
  it("says what would be stuck where nothing is", async () => {
    await stage().contract("Lily lease");
    await viewed("Iris lease", 0.1);
    expect((await type("stuck", stage())).text).toBe(
      "Nothing is stuck: nothing was viewed 3 working days ago and is not signed, nothing partly signed has been quiet for 3 working days, and nothing expires within 3 days.",
    );
  });

  it("has what is about to expire, then what waits longest, with why", async () => {
    await viewed("Rose lease", 10);
    await viewed("Rush lease", 20);
    await signed("Reed lease", 9);
    await stage().contract("Sage lease", { expiresAt: daysAgo(-1) });
    const { text, all, share } = await type("stuck --share", stage());
    expect(text).toBe(
      [
        "Stuck contracts:",
        "“Sage lease”: it expires soon and waits for Ann Lee.",
        "“Rush lease”: Ann Lee viewed it and has not signed.",
        "“Rose lease”: Ann Lee viewed it and has not signed.",
        "“Reed lease”: it is partly signed and waits for Bob Roy.",
      ].join("\n"),
    );
    expect(share).toBe(true);
    expect(all).toContain(
      "*About to expire*\n⏰ Sage lease · it expires soon and waits for Ann Lee",
    );
    expect(all).toMatch(/Rose lease · Ann Lee viewed it[^\n]+ · since <!date[^>]+> · €900\.00/);
    expect(all).toContain("*Partly signed and quiet*\n⏳ Reed lease");
  });

  it("takes another span, in working days", async () => {
    const { text } = await type("stuck --since 10d", stage());
    expect(text).toMatch(/^Stuck for 10 working days or longer:\n“Sage lease”.*\n“Rush lease”/);
    expect(text).not.toContain("Rose");
    expect((await type("stuck --since soon", stage())).text).toContain(
      "I do not know how long “soon” is.",
    );
  });

  it("hides amounts from whom the roles do not allow them", async () => {
    const ports = { ...stage().ports, roles: rolesWith("seeAmounts", "admins") };
    expect((await type("stuck", { ports })).all).not.toContain("€900");
  });

  it("goes on in pages, with the span that was asked for", async () => {
    for (let n = 1; n <= 8; n += 1) await viewed(`Thyme ${n}`, 30 + n);
    const first = await type("stuck --since 2d", stage());
    expect(first.buttons.get("Next")).toBe("stuck --since 2d --page 2");
    const second = await press(first, "Next", stage());
    expect(second.text).toMatch(
      /^Stuck for 2 working days or longer, page 2:\n“Rose lease”.*\n“Reed/,
    );
    expect(second.buttons.get("Previous")).toBe("stuck --since 2d");
  });

  describe("where more wait than it looks at", () => {
    const looksAt = "of each kind I only look at the 300 that expire first or wait longest.";

    it("says so on every page, and nothing of it where it looks at all", async () => {
      expect((await type("stuck", stage())).all).not.toContain(looksAt);
      await fill();
      for (const asked of ["stuck", "stuck --page 2"]) {
        const { text, all } = await type(asked, stage());
        expect(text).toContain(`There may be more: ${looksAt}`);
        expect(all).toContain(`There may be more: ${looksAt}`);
      }
    });

    it("does not claim that nothing is stuck, where it has not looked at all", async () => {
      const { ports } = stage();
      const stalls = {
        ...ports.stalls,
        viewedDays: 10,
        partlySignedDays: 10,
        expiresWithinDays: 0,
      };
      const mondays = { ...ports.workingHours, days: ["mon" as const] };
      const patient = { ...ports, stalls, workingHours: mondays };
      expect((await type("stuck", { ports: patient })).text).toBe(
        "None of those that I look at is stuck: of each kind the 300 that expire first or wait longest.",
      );
    });
  });

  it("shows the last page where one is asked for that is not there", async () => {
    expect((await type("stuck --page 99", stage())).text).toMatch(/^Stuck contracts, page 31:/);
  });
});
