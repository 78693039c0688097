import { expect, it } from "vitest";
import { readLinkAsked } from "./read-asked.ts";

const url = "https://app.hubspot.com/contacts/44/record/0-3/1001";

it.each([
  ["mill lease 1001", "mill lease", "1001", "deal"],
  ['"Mill lease" 1001', '"Mill lease"', "1001", "deal"],
  [`docusign/c1 ${url}`, "docusign/c1", url, "deal"],
  [`mill <${url}>`, "mill", url, "deal"],
  [`mill <${url}|app.hubspot.com/contacts/44/record/0-3/1001>`, "mill", url.slice(8), "deal"],
  ["mill lease", "mill", "lease", "unknown"],
  ["1001", "", "1001", "deal"],
  ["mill 006000000000001", "mill", "006000000000001", "not-connected"],
  ["", "", "", "unknown"],
])("reads %j", (words, target, typed, kind) => {
  const asked = readLinkAsked(words, ["hubspot"]);
  expect(asked).toMatchObject({ target, typed, deal: { kind } });
});
