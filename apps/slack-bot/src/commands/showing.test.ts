import fc from "fast-check";
import { expect, it } from "vitest";
import { pagingOf, readShowing, showingWords } from "./showing.ts";

it.each([
  ["mill lease", { words: "mill lease", share: false, page: 1 }],
  ["mill --share lease", { words: "mill   lease", share: true, page: 1 }],
  ["--page 3 --SHARE", { words: "", share: true, page: 3 }],
  ["—share sent –page=2", { words: "sent", share: true, page: 2 }],
  ["--page 0", { words: "", share: false, page: 1 }],
  ["--shared --pages 2", { words: "--shared --pages 2", share: false, page: 1 }],
  ["pre--share", { words: "pre--share", share: false, page: 1 }],
])("reads %j", (typed, expected) => {
  expect(readShowing(typed)).toEqual(expected);
});

it("reads back what it writes", () => {
  const showing = fc.record({ share: fc.boolean(), page: fc.integer({ min: 1, max: 9_999 }) });
  fc.assert(
    fc.property(showing, (given) => {
      const typed = `docusign/c1 ${showingWords(given)}`;
      expect(readShowing(typed)).toEqual({ ...given, words: "docusign/c1" });
    }),
  );
});

it("has buttons to the pages that there are", () => {
  const second = { share: true, page: 2 };
  expect(pagingOf("list sent", second, { hasMore: true })).toEqual({
    previous: "list sent --share",
    next: "list sent --share --page 3",
  });
  expect(pagingOf("mine", { share: false, page: 1 }, { hasMore: false })).toEqual({
    previous: null,
    next: null,
  });
});
