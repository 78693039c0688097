import { expect, it } from "vitest";
import { explainUnreachable, isUnreachable } from "./unreachable.ts";

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
])("%s", (_what, error, expected) => {
  expect(isUnreachable(error)).toBe(expected);
  expect(explainUnreachable(error) !== null).toBe(expected);
});
