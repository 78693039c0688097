import { expect, it } from "vitest";
import { explainDatabase, isUnreachable } from "./unreachable.ts";

const coded = (code: string) => Object.assign(new Error("something"), { code });

it.each([
  ["a refused connection", coded("ECONNREFUSED"), true],
  ["a server that is starting", coded("57P03"), true],
  ["too many connections", coded("53300"), true],
  ["several addresses, all refused", new AggregateError([coded("ECONNREFUSED")]), true],
  ["a connection that broke", new Error("Connection terminated unexpectedly"), true],
  ["a connection that is known to be broken", new Error("Client is not queryable"), true],
  ["a connection that ended", new Error("The connection has ended"), true],
  ["a unique key that is taken", coded("23505"), false],
  ["several errors, not all of them so", new AggregateError([coded("23505")]), false],
  ["a word that ends so", new Error("The extended statistics are broken"), false],
  ["what is no error", "timeout", false],
  ["a call to somebody else", new Error("fetch failed", { cause: coded("ECONNREFUSED") }), false],
])("%s", (_what, error, expected) => {
  expect(isUnreachable(error)).toBe(expected);
  expect(explainDatabase(error) !== null).toBe(expected);
});

it.each([
  ["a wrong password", coded("28P01"), /^The database refuses: something\. .*password/],
  ["no such database", coded("3D000"), /Create it/],
  ["missing rights", coded("42501"), /Grant it/],
  [
    "them under another word",
    new Error("It failed.", { cause: coded("42501") }),
    /something.*Grant it/,
  ],
])("says what to do about %s", (_what, error, advice) => {
  expect(isUnreachable(error)).toBe(false);
  expect(explainDatabase(error)).toMatch(advice);
});
