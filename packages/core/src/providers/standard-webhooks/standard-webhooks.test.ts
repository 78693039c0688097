import { readFileSync, readdirSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { ReportedFact } from "../../contract-event.ts";
import { normalized, requestOf } from "../../testing/reading.ts";
import { standardWebhooks } from "./index.ts";

function factsIn(body: object, chosen: object = {}, headers = {}): ReportedFact[] {
  const result = standardWebhooks.normalize(requestOf(Buffer.from(JSON.stringify(body)), headers), {
    settings: standardWebhooks.settings.parse(chosen),
    receivedAt: new Date(0),
  });
  return result.understood ? result.reports.flatMap((report) => report.facts) : [];
}

function typesIn(body: object, chosen: object = {}): string[] {
  const facts = factsIn(body, chosen).filter((fact) => fact.description === null);
  return facts.map((fact) => [fact.type, fact.recipient ?? []].flat().join(" "));
}

describe("what events are called", () => {
  test.each([
    ["contract.created", ["contract.created"], ["contract.created"]],
    ["document.sent", ["contract.sent"], ["contract.sent"]],
    ["recipient.sent", ["contract.noted"], ["recipient.sent r1"]],
    ["viewed", ["contract.viewed"], ["recipient.viewed r1"]],
    ["SignerOpened", ["contract.viewed"], ["recipient.viewed r1"]],
    ["envelope-signed", ["contract.noted"], ["recipient.signed r1"]],
    ["party_completed", ["contract.noted"], ["recipient.signed r1"]],
    ["AGREEMENT_COMPLETED", ["contract.completed"], ["contract.completed"]],
    ["declined", ["contract.declined"], ["contract.declined", "recipient.declined r1"]],
    ["recipient.declined", ["contract.noted"], ["recipient.declined r1"]],
    ["contract.voided", ["contract.voided"], ["contract.voided"]],
    ["document:canceled", ["contract.voided"], ["contract.voided"]],
    ["document/expired", ["contract.expired"], ["contract.expired"]],
    ["recipient.auth_failed", ["contract.noted"], ["recipient.auth_failed r1"]],
    ["recipient.delegated", ["contract.noted"], ["recipient.reassigned r1"]],
    ["document.folded", ["contract.noted"], ["contract.noted r1"]],
    ["template.created", [], []],
    ["ping", [], []],
  ])("%s is %j, and by somebody %j", (type, alone, bySomebody) => {
    expect(typesIn({ type, data: { id: "d1" } })).toEqual(alone);
    expect(typesIn({ type, data: { id: "d1", recipient: { id: "r1" } } })).toEqual(bySomebody);
  });

  test.each([
    "envelope.partially_completed",
    "document.not_completed",
    "NOT_DECLINED",
    "signature.completed",
    "payment.completed",
    "document.payment_completed",
    "AGREEMENT_ACTION_COMPLETED",
    "identity_verification.completed",
    "approval.rejected",
    "attachment.declined",
    "invitation.expired",
    "DocumentLinkExpired",
    "signer.expired",
    "payment_request.canceled",
  ])("%s ends no contract", (type) => {
    expect(typesIn({ type, data: { id: "d1" } })).toEqual(["contract.noted"]);
    const bySomebody = typesIn({ type, data: { id: "d1", recipient: { id: "r1" } } });
    expect(bySomebody).toEqual(["contract.noted r1"]);
  });

  test.each([
    ["completed", "contract.completed"],
    ["fully_executed", "contract.completed"],
    ["envelope.has_been_completed", "contract.completed"],
    ["AGREEMENT_WORKFLOW_COMPLETED", "contract.completed"],
    ["signature_request_declined", "contract.declined"],
    ["RequestRecalled", "contract.voided"],
    ["form.submission.expired", "contract.expired"],
  ])("%s ends the contract as %s", (type, ending) => {
    expect(typesIn({ type, data: { id: "d1" } })).toEqual([ending]);
  });

  test("is first of all what the source says", () => {
    const events = {
      "document.sent": "contract.completed",
      "sig-done": "recipient.signed",
      x: "ignored",
    };
    const typesOf = (type: string) =>
      typesIn({ type, data: { id: "d1", recipient: { id: "r1" } } }, { events });
    expect(typesOf("document.sent")).toEqual(["contract.completed"]);
    expect(typesOf("sig-done")).toEqual(["recipient.signed r1"]);
    expect(typesOf("x")).toEqual([]);
    expect(typesOf("constructor")).toEqual(["contract.noted r1"]);
  });
});

describe("who did it", () => {
  const recipients = [
    { id: "r1", email: "ann@example.com" },
    { id: "r2", role: "cc" },
  ];

  test.each([
    [{ recipient: { email: "ANN@example.com" } }, ["recipient.signed r1"]],
    [{ recipient: "ann@example.com" }, ["recipient.signed r1"]],
    [{ signer: { id: "r2", role: "cc" } }, ["contract.noted r2"]],
    [{}, ["contract.noted"]],
  ])("%j", (actor, types) => {
    const data = { contract: { id: "d1", recipients }, ...actor };
    expect(typesIn({ type: "document.signed", data })).toEqual(types);
  });

  test("is the only one there is", () => {
    const data = { contract: { id: "d1", recipients: recipients.slice(0, 1) } };
    expect(typesIn({ type: "document.signed", data })).toEqual(["recipient.signed r1"]);
    expect(typesIn({ type: "document.folded", data })).toEqual(["contract.noted"]);
  });
});

test("everything is found where the settings say", () => {
  const body = {
    meta: { kind: "agreement.done", at: 1_790_000_000 },
    subject: {
      ref: "d 1",
      label: "Lease",
      crm: { deal: 7 },
      worth: 12.5,
      link: "https://a.example.com/1",
    },
    people: [{ who: "p1", mail: "ann@example.com", done: "2026-09-21T14:00:00Z", state: "DONE" }],
  };
  const chosen = {
    events: { "agreement.done": "contract.completed" },
    paths: {
      event: ["meta.kind"],
      occurredAt: ["meta.at"],
      contract: ["subject.ref"],
      title: ["subject.label"],
      fields: ["subject.crm"],
      amount: ["subject.worth"],
      url: ["subject.link"],
      recipients: ["people"],
      recipient: { key: ["who"], email: ["mail"], signedAt: ["done"] },
    },
    recipientsAreComplete: false,
  };
  expect(factsIn(body, chosen)).toMatchObject([
    { type: "recipient.signed", recipient: "p1", occurredAt: "2026-09-21T14:00:00.000Z" },
    { type: "contract.completed", occurredAt: "2026-09-21T14:13:20.000Z" },
    {
      description: {
        title: "Lease",
        fields: { deal: "7" },
        amount: { value: 12.5, currency: null },
        url: "https://a.example.com/1",
        recipients: [{ key: "p1", email: "ann@example.com" }],
        recipientsAreComplete: false,
      },
    },
  ]);
});

test("fields may be a list, and an external id may hold them", () => {
  const contract = {
    id: "d1",
    external_id: "deal=1",
    fields: [{ name: "deal", value: 2 }, null, "x"],
  };
  const [, described] = factsIn({ type: "contract.sent", data: { contract } });
  expect(described?.description?.fields).toEqual({ external_id: "deal=1", deal: "2" });
});

test("a contract is opened where the source says", () => {
  const contractUrl = "https://sign.example.com/c/{id}";
  const facts = factsIn({ type: "contract.sent", data: { id: "d 1" } }, { contractUrl });
  expect(facts.at(-1)?.description).toEqual({ url: "https://sign.example.com/c/d%201" });
});

test.each([
  ["folded", "msg_1", true],
  ["folded", "msg_2", false],
  ["torn", "msg_1", false],
])("an event %s under the id %s is the one folded under msg_1: %s", (word, id, same) => {
  const occurrences = [
    ["folded", "msg_1"],
    [word, id],
  ].map(([last, given]) => {
    const body = { type: `contract.${last}`, data: { id: "d1" } };
    return factsIn(body, {}, { "webhook-id": given })[0]?.occurrence;
  });
  expect(occurrences[0] === occurrences[1]).toBe(same);
});

test("nothing that opens a document is read", () => {
  const folder = new URL("./fixtures/", import.meta.url);
  for (const file of readdirSync(folder).filter((name) => !name.includes(".expected."))) {
    const result = normalized(standardWebhooks, readFileSync(new URL(file, folder)));
    expect(JSON.stringify(result)).not.toContain("SECRET");
  }
});
