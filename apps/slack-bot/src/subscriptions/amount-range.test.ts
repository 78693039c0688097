import { describe, expect, it } from "vitest";
import { holds, readAmountRange } from "./amount-range.ts";

const upTo = (value: number, included = true) => ({ value, included });

describe("reads", () => {
  it.each([
    [">25k", { least: upTo(25_000, false), most: null, currency: null }],
    [">=25k", { least: upTo(25_000), most: null, currency: null }],
    ["≥ 25K", { least: upTo(25_000), most: null, currency: null }],
    ["<1m", { least: null, most: upTo(1_000_000, false), currency: null }],
    ["<=1.25M", { least: null, most: upTo(1_250_000), currency: null }],
    ["10k..50k", { least: upTo(10_000), most: upTo(50_000), currency: null }],
    ["10k…50kusd", { least: upTo(10_000), most: upTo(50_000), currency: "USD" }],
    ["10k-50k", { least: upTo(10_000), most: upTo(50_000), currency: null }],
    ["1.5k..2k", { least: upTo(1_500), most: upTo(2_000), currency: null }],
    ["10keur..50keur", { least: upTo(10_000), most: upTo(50_000), currency: "EUR" }],
    ["10k..", { least: upTo(10_000), most: null, currency: null }],
    ["..50k", { least: null, most: upTo(50_000), currency: null }],
    ["25000eur", { least: upTo(25_000), most: upTo(25_000), currency: "EUR" }],
    ["=99.95", { least: upTo(99.95), most: upTo(99.95), currency: null }],
    ["€25k", { least: upTo(25_000), most: upTo(25_000), currency: "EUR" }],
    ["25,000", { least: upTo(25_000), most: upTo(25_000), currency: null }],
    [">25mxn", { least: upTo(25, false), most: null, currency: "MXN" }],
    [">25mmxn", { least: upTo(25_000_000, false), most: null, currency: "MXN" }],
    [">25kes", { least: upTo(25, false), most: null, currency: "KES" }],
  ])("%s", (typed, range) => {
    expect(readAmountRange(typed)).toEqual(range);
  });

  it.each([
    "",
    ">",
    "much",
    "25.000",
    "1,00",
    "-5",
    "..",
    "€5usd",
    "1eur..2usd",
    ">1..2",
    "1e9",
    "25ke",
  ])("nothing in %j", (typed) => {
    expect(readAmountRange(typed)).toBe("unreadable");
  });

  it.each(["50k..10k", "<0"])("that %s holds nothing", (typed) => {
    expect(readAmountRange(typed)).toBe("empty");
  });
});

it.each([
  [">25k", 25_000, null, false],
  [">25k", 25_000.01, null, true],
  [">=25k", 25_000, "EUR", true],
  ["<25k", 25_000, null, false],
  ["<=25k", 25_000, null, true],
  ["10k..50k", 9_999, null, false],
  ["10k..50k", 50_000, null, true],
  [">1eur", 5, "eur", true],
  [">1eur", 5, "USD", false],
  [">1eur", 5, null, false],
])("asks with %s for %d %s: %s", (typed, value, currency, held) => {
  const range = readAmountRange(typed);
  expect(typeof range === "object" && holds(range, { value, currency })).toBe(held);
});
