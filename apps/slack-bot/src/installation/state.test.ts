import fc from "fast-check";
import { expect, it } from "vitest";
import { readState, signState } from "./state.ts";

const now = new Date("2026-05-04T09:00:00Z");
const back = "https://countersign.example/slack/oauth_redirect";
const state = signState({ back, now, nonce: "n" }, "secret");

function read(returned: string, more: Partial<{ ofBrowser: string; now: Date }> = {}) {
  return readState({ returned, ofBrowser: returned, now, ...more }, "secret");
}

it("comes back as it was given, for ten minutes", () => {
  expect(read(state)).toEqual({ back });
  expect(read(state, { now: new Date("2026-05-04T09:10:00Z") })).toEqual({ back });
  expect(read(state, { now: new Date("2026-05-04T09:10:01Z") })).toBeNull();
  expect(read(state, { now: new Date("2026-05-04T08:59:59Z") })).toBeNull();
});

it("is good in the browser alone that was given it", () => {
  const other = signState({ back, now, nonce: "m" }, "secret");
  expect(read(state, { ofBrowser: other })).toBeNull();
  expect(read(state, { ofBrowser: "" })).toBeNull();
});

it("is refused where anything else is in it", () => {
  expect(read(signState({ back, now, nonce: "n" }, "another secret"))).toBeNull();
  fc.assert(
    fc.property(fc.string(), (text) => {
      expect(read(text)).toBeNull();
    }),
  );
  fc.assert(
    fc.property(fc.nat(state.length - 2), fc.constantFrom("A", "B"), (at, letter) => {
      const changed = state.slice(0, at) + letter + state.slice(at + 1);
      fc.pre(changed !== state);
      expect(read(changed)).toBeNull();
    }),
  );
});
