import { describe, expect, it } from "vitest";
import { readAddress } from "../email-address.ts";
import { judgeClaim, readConnectAsked, type Claim } from "./decide.ts";

const dana: Claim = {
  email: "dana.r@northgate.example",
  userId: "U1",
  knownAs: "dana.reyes@northgate.example",
  holder: null,
  by: { userId: "U1", isAdmin: false },
};
const admin = { userId: "U9", isAdmin: true };

describe("an address", () => {
  it.each<[string, Partial<Claim>, object]>([
    ["of one's own company", {}, { kind: "taken" }],
    [
      "that is known already",
      { email: "dana.reyes@northgate.example", holder: "U1" },
      { kind: "already" },
    ],
    [
      "that is known in capitals",
      {
        email: "dana.reyes@northgate.example",
        knownAs: "Dana.Reyes@Northgate.example",
        holder: "U1",
      },
      { kind: "already" },
    ],
    [
      "of another company",
      { email: "dana@else.example" },
      { kind: "other-domain", own: dana.knownAs },
    ],
    ["of a part of the company", { email: "dana@eu.northgate.example" }, { kind: "other-domain" }],
    ["where Slack knows none", { knownAs: null }, { kind: "other-domain", own: null }],
    [
      "at the same mail provider",
      { knownAs: "dana@gmail.com", email: "boss@gmail.com" },
      { kind: "other-domain" },
    ],
    ["of somebody else", { holder: "U2" }, { kind: "somebody-elses", holder: "U2" }],
    ["for somebody else", { userId: "U2" }, { kind: "not-for-others" }],
    ["for somebody else, by an admin", { email: "x@else.example", by: admin }, { kind: "taken" }],
    ["of somebody else, by an admin", { holder: "U2", by: admin }, { kind: "taken" }],
    [
      "known already, by an admin",
      { email: "dana.reyes@northgate.example", holder: "U1", by: admin },
      { kind: "already" },
    ],
  ])("%s", (_, more, verdict) => {
    expect(judgeClaim({ ...dana, ...more })).toMatchObject(verdict);
  });
});

it.each([
  [" Dana.Reyes@Northgate.Example ", "dana.reyes@northgate.example"],
  ["a+b@x.co", "a+b@x.co"],
  ["dana", null],
  ["dana@northgate", null],
  ["dana@@x.example", null],
  ["a@x.example, b@x.example", null],
  ["<!channel>@x.example", null],
  [`${"a".repeat(65)}@x.example`, null],
  [`a@${"x.".repeat(150)}example`, null],
  ["", null],
])("reads the address %j", (typed, address) => {
  expect(readAddress(typed)).toBe(address);
});

it.each([
  ["dana@x.example", { userId: null, typed: "dana@x.example" }],
  ["<@U123> dana@x.example", { userId: "U123", typed: "dana@x.example" }],
  ["<@U123>", { userId: "U123", typed: "" }],
  ["", { userId: null, typed: "" }],
])("reads %j", (words, asked) => {
  expect(readConnectAsked(words)).toEqual(asked);
});
