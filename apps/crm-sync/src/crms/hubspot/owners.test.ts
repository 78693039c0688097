import { CredentialError } from "@countersign/store";
import { expect, it } from "vitest";
import { HubspotRefusal } from "./errors.ts";
import { rememberOwners } from "./owners.ts";

type Page = Awaited<ReturnType<Parameters<typeof rememberOwners>[0]>>;

const first: Page = {
  results: [
    { id: "1", email: "mara@example.com" },
    { id: "2", email: null },
  ],
  paging: { next: { after: "500" } },
};
const last: Page = { results: [{ id: "3", email: "tobias@example.com" }] };

const withheld = new CredentialError("MISSING_SCOPES", "Not allowed.", {
  cause: new HubspotRefusal(
    403,
    {
      category: "MISSING_SCOPES",
      errors: [{ context: { requiredGranularScopes: ["crm.objects.owners.read"] } }],
    },
    null,
  ),
});

/** Answers in this order, and counts how often it was asked. */
function pages(...answers: (Page | Error)[]) {
  const asked: (string | undefined)[] = [];
  const clock = { now: Date.parse("2026-11-27T08:00:00Z") };
  const readPage = async (after: string | undefined) => {
    asked.push(after);
    const answer = answers.shift();
    if (answer === undefined || answer instanceof Error) throw answer ?? new Error("No more.");
    return answer;
  };
  return { owners: rememberOwners(readPage, () => new Date(clock.now)), asked, clock };
}

it("reads all pages once an hour for all who ask", async () => {
  const { owners, asked, clock } = pages(first, last, last);
  const all = new Map([
    ["1", "mara@example.com"],
    ["3", "tobias@example.com"],
  ]);
  expect(await Promise.all([owners(), owners()])).toEqual([all, all]);
  expect(asked).toEqual([undefined, "500"]);
  clock.now += 3_600_000;
  expect(await owners()).toEqual(new Map([["3", "tobias@example.com"]]));
});

it("remembers that the token may not, and no other failure", async () => {
  const { owners, asked, clock } = pages(withheld, new Error("away"), last);
  expect([await owners(), await owners()]).toEqual([undefined, undefined]);
  expect(asked).toHaveLength(1);
  clock.now += 3_600_000;
  await expect(owners()).rejects.toThrow("away");
  expect((await owners())?.get("3")).toBe("tobias@example.com");
});
