import { mara } from "@countersign/sandbox";
import { readPerson, savePerson } from "@countersign/store";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { asking, openStage, viewOf } from "../../acting/testing/stage.ts";
import { findViewFaults } from "../../blocks/validate.ts";
import { settings as command } from "../../commands/settings/index.ts";
import { dmTypes, readSettings, weekdays, type PersonSettings } from "../../people/settings.ts";
import type { Filled } from "../view.ts";
import { readFilled } from "./fields.ts";
import { settingsSubmission } from "./index.ts";
import { settingsView } from "./view.ts";

const time = fc.tuple(fc.nat(23), fc.nat(59)).map((parts) => {
  return parts.map((part) => String(part).padStart(2, "0")).join(":");
});

const anySettings: fc.Arbitrary<PersonSettings> = fc.record({
  dm: fc.subarray([...dmTypes]).map((on) => {
    const switches = Object.fromEntries(dmTypes.map((type) => [type, on.includes(type)]));
    return readSettings({ dm: switches }).dm;
  }),
  ownActions: fc.boolean(),
  quietHours: fc.option(fc.record({ from: time, to: time }).filter(({ from, to }) => from !== to)),
  weekends: fc.constantFrom("quiet", "as usual"),
  digest: fc.option(
    fc.record({
      every: fc.constantFrom("day", "weekdays", "week"),
      at: time,
      weekday: fc.constantFrom(...weekdays),
    }),
  ),
});

/** What a person hands in who changes nothing. */
function untouched(view: ReturnType<typeof settingsView>): Filled {
  const inputs = view.blocks.flatMap((block) => ("element" in block ? [block] : []));
  return Object.fromEntries(
    inputs.map(({ block_id: name = "", element }) => {
      const { type } = element;
      const values =
        type === "checkboxes"
          ? (element.initial_options ?? []).map(({ value }) => value ?? "")
          : type === "static_select"
            ? [element.initial_option?.value ?? ""]
            : type === "timepicker" && element.initial_time !== undefined
              ? [element.initial_time]
              : [];
      return [name, { [name]: values }];
    }),
  );
}

it("hands in what it shows", () => {
  fc.assert(
    fc.property(anySettings, (settings) => {
      const view = settingsView(settings, "Europe/Berlin");
      expect(findViewFaults(view)).toEqual([]);
      expect(readFilled(untouched(view))).toEqual({ kind: "settings", settings });
    }),
  );
});

it("shows the time zone, or that there is none", () => {
  const [known, unknown] = ["Asia/Dubai", null].map((zone) => {
    return JSON.stringify(settingsView(readSettings({}), zone).blocks);
  });
  expect(known).toContain("Asia/Dubai");
  expect(unknown).toContain("no time zone of yours");
});

it.each([
  [{ quiet_from: "20:00" }, { quiet_to: "Give both times, or neither." }],
  [{ quiet_to: "08:00" }, { quiet_from: "Give both times, or neither." }],
  [{ quiet_from: "08:00", quiet_to: "08:00" }, { quiet_to: "Give two different times." }],
])("refuses %j", (given, errors) => {
  const entries = Object.entries(given).map(([name, value]) => [name, { [name]: [value] }]);
  expect(readFilled(Object.fromEntries(entries))).toEqual({ kind: "errors", errors });
});

describe("/contract settings", () => {
  const stage = openStage();
  const as = asking({ userId: mara.id });

  it("shows what is kept, and keeps what is handed in", async () => {
    const { store, ports } = stage();
    await savePerson(store, { ...as, email: mara.email, isStated: true, timezone: null });
    const view = viewOf(await command.answer("", as, ports));
    expect(JSON.stringify(view)).toContain(mara.zone);
    const filled = { ...untouched(settingsView(readSettings({}), null)), dm: { dm: ["signed"] } };
    const outcome = await settingsSubmission.submit({ filled, privateMetadata: "" }, as, ports);
    expect(outcome).toMatchObject({
      kind: "close",
      tell: { text: "Saved. It counts from now on." },
    });
    const kept = await readPerson(store, as);
    expect(kept).toMatchObject({ email: mara.email, isStated: true });
    const { dm } = readSettings(kept?.settings ?? {});
    expect(dmTypes.filter((type) => dm[type])).toEqual(["signed"]);
    const again = viewOf(await command.answer("", as, ports));
    expect(JSON.stringify(again)).not.toBe(JSON.stringify(view));
  });

  it("keeps nothing of what cannot be", async () => {
    const filled = { quiet_from: { quiet_from: ["20:00"] } };
    const other = asking({ userId: "U000000009" });
    const given = { filled, privateMetadata: "" };
    const outcome = await settingsSubmission.submit(given, other, stage().ports);
    expect(outcome.kind).toBe("errors");
    expect(await readPerson(stage().store, other)).toBeNull();
  });
});
