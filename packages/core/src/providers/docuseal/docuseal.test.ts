import { readFileSync, readdirSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { fold } from "../../contract.ts";
import type { ReportedFact } from "../../contract-event.ts";
import { eventsOf, normalized, read, requestOf } from "../../testing/reading.ts";
import type { Normalized } from "../provider.ts";
import { docuseal } from "./index.ts";

const fixtures = new URL("./fixtures/", import.meta.url);
const about = { id: "", source: "", externalId: "" };

function bodyOf(name: string): Buffer {
  return readFileSync(new URL(`${name}.json`, fixtures));
}

function factsIn(result: Normalized): ReportedFact[] {
  return result.understood ? result.reports.flatMap((report) => report.facts) : [];
}

function factsOf(body: object): ReportedFact[] {
  return factsIn(normalized(docuseal, Buffer.from(JSON.stringify(body))));
}

function folded(...bodies: (string | object)[]) {
  const buffers = bodies.map((body) =>
    typeof body === "string" ? bodyOf(body) : Buffer.from(JSON.stringify(body)),
  );
  const [events = []] = eventsOf(docuseal, buffers).values();
  return fold(about, events);
}

function identityOf({ type, recipient, occurrence }: ReportedFact): string {
  return JSON.stringify([type, recipient, occurrence]);
}

test("nothing that opens a form, a document or a session is read", () => {
  for (const file of readdirSync(fixtures).filter((name) => name.endsWith(".json"))) {
    if (file.endsWith(".expected.json")) continue;
    const result = normalized(docuseal, readFileSync(new URL(file, fixtures)));
    expect(JSON.stringify(result)).not.toContain("SECRET");
  }
  expect(bodyOf("submission-completed").toString()).toContain("SECRET");
});

describe("the same happening has one identity", () => {
  test.each([
    ["form-viewed", "submission-completed"],
    ["form-completed", "submission-completed"],
    ["form-completed-last", "submission-completed"],
    ["form-completed", "form-completed-retried-late"],
    ["submission-created", "submission-completed"],
  ])("in %s as in %s", (lesser, fuller) => {
    const known = new Set(factsIn(normalized(docuseal, bodyOf(fuller))).map(identityOf));
    const facts = factsIn(normalized(docuseal, bodyOf(lesser))).filter((fact) => !fact.description);
    expect(facts.length).toBeGreaterThan(2);
    expect(facts.map(identityOf).filter((identity) => !known.has(identity))).toEqual([]);
  });

  test("so the time of completion does not depend on which of the reports came", () => {
    expect(folded("form-completed-last").completedAt).toBe("2026-12-01T11:59:40.500Z");
    expect(folded("form-completed-retried-late", "form-completed-last").completedAt).toBe(
      "2026-12-01T11:59:40.500Z",
    );
  });

  test("a late retry of the first signature does not date the last", () => {
    expect(folded("form-completed-retried-late")).toMatchObject({
      status: "completed",
      completedAt: "2026-12-01T12:00:00.000Z",
    });
  });
});

test("one party's body says nothing about the others", () => {
  const contract = folded("submission-created", "form-viewed", "form-completed");
  expect(contract.recipients.map((one) => one.key)).toEqual(["501", "502"]);
  expect(contract.status).toBe("partially_signed");
});

test("a body that shows everybody names the contract, whichever came last", () => {
  for (const bodies of [
    ["submission-created", "form-completed-last"],
    ["form-completed-last", "submission-created"],
  ]) {
    expect(folded(...bodies)).toMatchObject({
      title: "Supply agreement 2027",
      fields: { hubspot_deal_id: "1001", salesforce_opportunity_id: "006000000000001AAA" },
    });
  }
  expect(folded("form-viewed")).toMatchObject({
    title: "Supply agreement (template)",
    fields: { hubspot_deal_id: "1001" },
  });
});

test("who delegates stays awaited, under the new name", () => {
  const delegated = { event_type: "delegate_form", event_timestamp: "2026-12-01T09:30:00Z", id: 3 };
  const data = { id: 900, submitters: [{ id: 502, name: "New Name" }] };
  const body = {
    event_type: "submission.created",
    timestamp: "2026-12-01T09:00:02Z",
    data: { ...data, submission_events: [{ ...delegated, submitter_id: 502 }] },
  };
  expect(folded(body).recipients).toMatchObject([{ name: "New Name", status: "pending" }]);
  expect(factsOf(body)).toContainEqual(expect.objectContaining({ type: "contract.corrected" }));
});

describe("archiving", () => {
  const archived = {
    event_type: "submission.archived",
    timestamp: "2026-12-01T11:00:00.200Z",
    data: { id: 900, archived_at: "2026-12-01T11:00:00.100Z" },
  };

  test("voids what is open and leaves what is completed", () => {
    expect(folded("submission-created", archived)).toMatchObject({
      status: "voided",
      endedAt: "2026-12-01T11:00:00.100Z",
    });
    expect(folded("submission-completed", archived).status).toBe("completed");
  });

  test("leaves what had expired as it was", () => {
    const expired = {
      event_type: "submission.expired",
      timestamp: "2026-12-01T10:00:00.200Z",
      data: { id: 900, status: "expired", expire_at: "2026-12-01T10:00:00Z" },
    };
    for (const bodies of [
      [expired, archived],
      [archived, expired],
    ]) {
      expect(folded(...bodies)).toMatchObject({
        status: "expired",
        endedAt: "2026-12-01T10:00:00.000Z",
      });
    }
  });

  test("is only noted where the source says so", () => {
    const request = requestOf(Buffer.from(JSON.stringify(archived)));
    const settings = docuseal.settings.parse({ archivedMeans: "noted" });
    const result = docuseal.normalize(request, { settings, receivedAt: new Date(0) });
    expect(factsIn(result)[0]).toMatchObject({
      type: "contract.noted",
      note: "submission.archived",
      occurredAt: "2026-12-01T11:00:00.100Z",
    });
  });

  test.each([
    [{ status: "pending" }, "voided"],
    [{ status: "completed", completed_at: "2026-12-01T10:00:00Z" }, "completed"],
    [{ status: "declined" }, "declined"],
    [{ status: "expired", expire_at: "2026-12-01T10:00:00Z" }, "expired"],
    [{ status: "expired", expire_at: "2026-12-01T11:30:00Z" }, "voided"],
  ])("of what is shown to be %j makes it %s", (shown, status) => {
    expect(folded({ ...archived, data: { ...archived.data, ...shown } }).status).toBe(status);
  });
});

test.each([
  ["form.viewed", { id: 7 }, ["recipient.viewed 7"]],
  ["form.completed", { id: 7 }, ["recipient.signed 7"]],
  ["form.declined", { id: 7 }, ["contract.declined", "recipient.declined 7"]],
  ["form.started", { id: 7 }, ["contract.noted 7"]],
  ["form.folded", { id: 7 }, ["contract.noted 7"]],
  ["form.completed", {}, ["contract.noted"]],
])("%s with nothing else but %j is %j", (event_type, party, types) => {
  const data = { submission_id: 5, ...party };
  const facts = factsOf({ event_type, timestamp: "2026-12-01T09:00:00Z", data });
  const happened = facts.filter((fact) => fact.description === null);
  expect(happened.map((fact) => [fact.type, fact.recipient ?? []].flat().join(" "))).toEqual(types);
});

test("the address of a submission follows the settings", () => {
  const settings = docuseal.settings.parse({ webAppUrl: "https://docuseal.eu" });
  const result = docuseal.normalize(requestOf(bodyOf("submission-archived")), {
    settings,
    receivedAt: new Date(0),
  });
  expect(factsIn(result).at(-1)?.description).toEqual({
    url: "https://docuseal.eu/submissions/903",
  });
});

describe("signatures", () => {
  const body = Buffer.from("{}");
  const secrets = ["whsec_c2VjcmV0"];
  const now = new Date("2026-12-01T12:00:00Z");
  const signedAt = (at: string) =>
    docuseal.sign(body, { secrets, settings: docuseal.settings.parse({}), now: new Date(at) });

  test.each([
    ["2026-12-01T11:55:00Z", {}, { authentic: true, secretIndex: 0 }],
    ["2026-12-01T11:54:59Z", {}, { authentic: false, reason: "too-old" }],
    ["2026-12-01T12:05:00Z", {}, { authentic: true, secretIndex: 0 }],
    ["2026-12-01T12:05:01Z", {}, { authentic: false, reason: "too-old" }],
    ["2026-12-01T11:50:00Z", { toleranceSeconds: 600 }, { authentic: true, secretIndex: 0 }],
  ])("made at %s with %j", (at, chosen, expected) => {
    const settings = docuseal.settings.parse(chosen);
    const request = { method: "POST", ...signedAt(at) };
    expect(docuseal.verify(request, { secrets, settings, now })).toEqual(expected);
  });

  test("are refused for another time than the one that is signed", () => {
    const [, digest] = String(signedAt(now.toISOString()).headers["x-docuseal-signature"]).split(
      ".",
    );
    const seconds = now.getTime() / 1000;
    const verdictOf = (value: string) =>
      docuseal.verify(requestOf(body, { "x-docuseal-signature": value }), {
        secrets,
        settings: docuseal.settings.parse({}),
        now,
      });
    expect(verdictOf(`${seconds}.${digest}`).authentic).toBe(true);
    for (const value of [
      `${seconds + 1}.${digest}`,
      `${seconds}`,
      `${seconds}.`,
      `.${digest}`,
      `${digest}`,
    ]) {
      expect(verdictOf(value)).toEqual({ authentic: false, reason: "bad-signature" });
    }
  });

  test("are missing from what the console's test button sends", () => {
    const request = requestOf(bodyOf("test-button"), { "user-agent": "DocuSeal.com Webhook" });
    const settings = docuseal.settings.parse({});
    expect(docuseal.verify(request, { secrets, settings, now })).toEqual({
      authentic: false,
      reason: "no-signature",
    });
    expect(read(docuseal, request).understood).toBe(true);
  });
});
