import { randomBytes } from "node:crypto";
import fc from "fast-check";
import { expect, it } from "vitest";
import { createSeal } from "./seal.ts";

const [old, fresh] = [randomBytes(32), randomBytes(32)];
const before = createSeal([old], randomBytes);
const during = createSeal([fresh, old], randomBytes);
const after = createSeal([fresh], randomBytes);

it("opens what it sealed, whatever that is, and shows nothing of it", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme", maxLength: 300 }), fc.string(), (text, about) => {
      const sealed = before.seal(text, about);
      expect(before.open(sealed, about)).toBe(text);
      expect(text.length > 7 && Buffer.from(sealed).includes(text)).toBe(false);
    }),
  );
});

it("never seals the same twice alike", () => {
  const [one, other] = [before.seal("xoxb-1", "T1"), before.seal("xoxb-1", "T1")];
  expect(Buffer.compare(one, other)).not.toBe(0);
});

it("refuses what was changed in any byte, or stands in another's row", () => {
  const sealed = before.seal("xoxb-1", "T1");
  expect(() => before.open(sealed, "T2")).toThrow("cannot be opened");
  for (const at of sealed.keys()) {
    const changed = Uint8Array.from(sealed, (byte, index) => (index === at ? byte ^ 1 : byte));
    expect(() => before.open(changed, "T1")).toThrow("cannot be opened");
  }
  for (const length of sealed.keys()) {
    expect(() => before.open(sealed.subarray(0, length), "T1")).toThrow("cannot be opened");
  }
});

it("takes a new key while the old one still opens, and then drops that", () => {
  const sealed = before.seal("xoxb-1", "T1");
  expect(during.open(sealed, "T1")).toBe("xoxb-1");
  expect(during.isCurrent(sealed)).toBe(false);
  expect(() => after.open(sealed, "T1")).toThrow("SLACK_TOKEN_KEY");
  const again = during.seal("xoxb-1", "T1");
  expect(during.isCurrent(again)).toBe(true);
  expect(after.open(again, "T1")).toBe("xoxb-1");
});
