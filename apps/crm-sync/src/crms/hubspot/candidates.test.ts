import { expect, it } from "vitest";
import { chooseCandidate } from "../../matching/choose-candidate.ts";
import type { Evidence } from "../../matching/evidence.ts";
import { scoreCandidates } from "../../matching/score-candidates.ts";
import { hubspotSearch } from "./candidates.ts";
import type { HubspotClient } from "./client.ts";
import { paths } from "./paths.ts";

type Properties = Record<string, string | null>;
type Records = Record<string, Properties>;

const updatedAt = "2026-05-04T09:00:00.000Z";

/** Answers every search of a kind with the same records. */
function aSearch(records: { companies?: Records; contacts?: Records; deals?: Records }) {
  const results = (all: Records = {}) =>
    Object.entries(all).map(([id, properties]) => ({ id, properties, updatedAt }));
  const answers: Record<string, unknown> = {
    [paths.search("companies")]: { results: results(records.companies) },
    [paths.readRecords("companies")]: { results: results(records.companies) },
    [paths.search("contacts")]: { results: results(records.contacts) },
    [paths.search("deals")]: { results: results(records.deals) },
  };
  const client: HubspotClient = {
    get: () => Promise.reject(new Error("Nothing is read.")),
    send: async (_method, path, answer) => answer.parse(answers[path]),
    quota: () => null,
  };
  return hubspotSearch(
    client,
    (_operation, call) => call(),
    async () => undefined,
  );
}

const coaching: Evidence = {
  domains: [],
  emails: ["mia@gmail.com"],
  amount: 1_200,
  currency: "USD",
  title: "Coaching agreement",
  titleWords: ["coaching"],
  senderEmail: null,
  sentAt: null,
};

it("takes a signer without a company for no contact of a deal without one", async () => {
  const search = aSearch({
    contacts: { "1": { email: "mia@gmail.com", associatedcompanyid: null } },
    deals: {
      "777": { dealname: "Noah Berg", amount: "1200", hs_primary_associated_company: null },
    },
  });
  const { emails, domains, amount, titleWords: words } = coaching;
  const deals = await search.find({ emails, domains, amount, words, accountIds: [] });
  expect(deals).toMatchObject([{ recordId: "777", account: null, contactEmails: [] }]);
  const choice = chooseCandidate(scoreCandidates(coaching, deals), { certain: 0.75, margin: 0.15 });
  expect(choice).toMatchObject({ is: "unsure", candidates: [{ recordId: "777" }] });
});
