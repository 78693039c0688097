import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isSame } from "./mapping/same-value.ts";
import type { FieldValue, Rule } from "./mapping/mapping.ts";
import { planField, type LastWrite } from "./plan-field.ts";

const monday = "2026-05-04T09:00:00.000Z";
const tuesday = "2026-05-05T09:00:00.000Z";
const wednesday = "2026-05-06T09:00:00.000+0000";

const wrote = (value: FieldValue | null, at: string | null = monday): LastWrite => ({ value, at });

function plan(
  rule: Rule,
  current: FieldValue | null,
  last: LastWrite | null,
  { at = tuesday, changedAt = monday } = {},
) {
  const wanted = { value: "new", at };
  const end = planField({ on: "deal", to: "title", rule }, wanted, { current, last, changedAt });
  return end.kind === "leave" ? end.why.code : end.kind;
}

describe("what becomes of a field", () => {
  it.each<[string, FieldValue | null, LastWrite | null, Record<Rule, string>]>([
    [
      "is empty and always was",
      null,
      null,
      { ours: "write", theirs: "write", "fill-blank": "write", newest: "write" },
    ],
    [
      "holds what we wrote",
      "old",
      wrote("old"),
      { ours: "write", theirs: "write", "fill-blank": "filled-before", newest: "write" },
    ],
    [
      "held something before us",
      "theirs",
      null,
      {
        ours: "write",
        theirs: "filled-by-person",
        "fill-blank": "filled-by-person",
        newest: "write",
      },
    ],
    [
      "was changed by a person after us",
      "theirs",
      wrote("old"),
      {
        ours: "write",
        theirs: "edited-by-person",
        "fill-blank": "filled-by-person",
        newest: "write",
      },
    ],
    [
      "was emptied by a person after us",
      null,
      wrote("old"),
      {
        ours: "write",
        theirs: "emptied-by-person",
        "fill-blank": "emptied-by-person",
        newest: "write",
      },
    ],
    [
      "was emptied by an undo of another value",
      null,
      { value: null, at: monday, undid: "old" },
      { ours: "write", theirs: "write", "fill-blank": "write", newest: "write" },
    ],
    [
      "had this very value taken back by an undo",
      "before",
      { value: "before", at: monday, undid: "new" },
      { ours: "undone", theirs: "undone", "fill-blank": "undone", newest: "undone" },
    ],
    [
      "holds what is wanted",
      " new ",
      wrote("old"),
      { ours: "stay", theirs: "stay", "fill-blank": "stay", newest: "stay" },
    ],
  ])("that %s", (_situation, current, last, expected) => {
    for (const rule of ["ours", "theirs", "fill-blank", "newest"] as const) {
      expect([rule, plan(rule, current, last)]).toEqual([rule, expected[rule]]);
    }
  });

  it.each<[string, FieldValue | null, LastWrite | null, string, string, string]>([
    ["the record changed later", "theirs", wrote("old"), tuesday, wednesday, "changed-since"],
    ["the record changed at the same moment", "theirs", null, tuesday, tuesday, "changed-since"],
    ["the contract changed later", "theirs", wrote("old"), tuesday, monday, "write"],
    [
      "a later contract was written",
      "old",
      wrote("old", wednesday),
      tuesday,
      monday,
      "newer-contract",
    ],
    ["an earlier contract was written", "old", wrote("old"), tuesday, wednesday, "write"],
    ["it is not known from when", "old", wrote("old", null), tuesday, wednesday, "write"],
  ])("newest: %s", (_what, current, last, at, changedAt, expected) => {
    expect(plan("newest", current, last, { at, changedAt })).toBe(expected);
  });

  it("is told in words that an admin understands", () => {
    const line = { on: "account", to: "Last_Contract__c", rule: "theirs" } as const;
    const now = { current: "Lease 2025", last: wrote("Lease"), changedAt: monday };
    expect(planField(line, { value: "Lease 2026", at: tuesday }, now)).toEqual({
      kind: "leave",
      why: {
        code: "edited-by-person",
        message:
          'The account\'s field "Last_Contract__c" holds "Lease 2025", and Countersign had written "Lease": somebody changed it, so by the rule "theirs" it is theirs now. The contract says "Lease 2026".',
      },
    });
  });
});

const value = fc.oneof(
  fc.constantFrom<FieldValue>("a", "b", "", "2026-05-04"),
  fc.integer(),
  fc.boolean(),
);
const current = fc.option(value);
const time = fc
  .date({ min: new Date(monday), max: new Date("2027-01-01"), noInvalidDate: true })
  .map((date) => date.toISOString());
const last = fc.option(fc.record({ value: current, at: fc.option(time) }));
const rule = fc.constantFrom<Rule>("ours", "theirs", "fill-blank", "newest");
const line = rule.map((one) => ({ on: "deal", to: "f", rule: one }) as const);

describe("for any field and any rule", () => {
  const now = fc.record({ current, last, changedAt: time });
  // A contract that says nothing plans nothing.
  const wanted = fc.record({ value: value.filter((one) => one !== ""), at: time });

  it("what differs is written, or left with a reason", () => {
    fc.assert(
      fc.property(line, wanted, now, (to, want, is) => {
        const end = planField(to, want, is);
        const told = end.kind === "leave" && /^The deal's field "f" .+\.$/.test(end.why.message);
        const written = end.kind === "write" && end.value === want.value;
        const stays = end.kind === "stay";
        expect([stays, told || written]).toEqual(
          isSame(is.current, want.value) ? [true, false] : [false, true],
        );
      }),
    );
  });

  it("the same state twice plans nothing", () => {
    fc.assert(
      fc.property(line, wanted, now, (to, want, is) => {
        if (planField(to, want, is).kind !== "write") return;
        const written = { ...is, current: want.value, last: want };
        expect(planField(to, want, written)).toEqual({ kind: "stay" });
      }),
    );
  });

  it("a person's edit is never overwritten by theirs and fill-blank", () => {
    fc.assert(
      fc.property(fc.constantFrom<Rule>("theirs", "fill-blank"), wanted, now, (one, want, is) => {
        fc.pre(is.last !== null && !isSame(is.current, is.last.value));
        const end = planField({ on: "deal", to: "f", rule: one }, want, is);
        expect(end.kind).not.toBe("write");
      }),
    );
  });

  it("two contracts by newest end at the later one's value, whichever is looked at first", () => {
    fc.assert(
      fc.property(wanted, wanted, (one, other) => {
        fc.pre(one.at !== other.at);
        const newest = { on: "deal", to: "f", rule: "newest" } as const;
        const lookAt = (looks: (typeof one)[]) => {
          const written: (typeof one)[] = [];
          for (const look of looks) {
            const now = written.at(-1) ?? null;
            const is = { current: now?.value ?? null, last: now, changedAt: monday };
            if (planField(newest, look, is).kind === "write") written.push(look);
          }
          return written;
        };
        const ends = [lookAt([one, other, one, other]), lookAt([other, one])].map(
          (written) => written.at(-1)?.value ?? null,
        );
        const later = one.at > other.at ? one : other;
        for (const end of ends) expect(isSame(end, later.value)).toBe(true);
      }),
    );
  });
});
