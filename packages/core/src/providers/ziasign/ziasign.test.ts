import { describe, expect, test } from "vitest";
import type { ContractDescription, ReportedFact } from "../../contract-event.ts";
import { hmacSha256 } from "../../signatures/hmac.ts";
import { normalized, requestOf } from "../../testing/reading.ts";
import { ziasign } from "./index.ts";

const at = "2026-10-05T08:00:00Z";

function factsIn(body: object): ReportedFact[] {
  const result = normalized(ziasign, Buffer.from(JSON.stringify(body)));
  return result.understood ? result.reports.flatMap((report) => report.facts) : [];
}

function typesIn(body: object): string[] {
  return factsIn(body).map((fact) => [fact.type, fact.recipient ?? []].flat().join(" "));
}

function descriptionIn(document: object): ContractDescription | null | undefined {
  const body = {
    event: "document.sent",
    timestamp: at,
    data: { document: { id: "d1", ...document } },
  };
  return factsIn(body).at(-1)?.description;
}

describe("the events of the documentation", () => {
  const signers = [{ id: "s1", email: "ann@example.com" }];

  test.each([
    ["document.created", ["contract.created"]],
    ["document.sent", ["contract.sent"]],
    ["document.viewed", ["recipient.viewed s1"]],
    ["document.signed", ["recipient.signed s1"]],
    ["document.completed", ["contract.completed"]],
    ["document.declined", ["contract.declined", "recipient.declined s1"]],
    ["document.voided", ["contract.voided"]],
    ["document.expired", ["contract.expired"]],
    ["document.archived", ["contract.noted s1"]],
  ])("%s is %j", (event, types) => {
    const signer = { email: "ANN@example.com" };
    const body = { event, timestamp: at, data: { document: { id: "d1", signers }, signer } };
    expect(typesIn(body)).toEqual([...types, "contract.noted"]);
  });

  test.each([
    ["document.viewed", "contract.viewed"],
    ["document.signed", "contract.noted"],
  ])("%s by nobody in particular is %s", (event, type) => {
    expect(typesIn({ event, timestamp: at, data: { id: "d1" } })).toEqual([type]);
  });

  test("a copy signs nothing", () => {
    const recipients = [{ id: "s1" }, { id: "s2", role: "CC", status: "completed" }];
    const body = { event: "document.signed", data: { id: "d1", recipients, signerId: "s2" } };
    expect(typesIn(body)).toEqual(["contract.noted s2", "contract.noted"]);
  });

  test("a signature without a name is the only signer's", () => {
    const recipients = [{ email: "Ann@example.com" }, { email: "cy@example.com", role: "CC" }];
    const body = { event: "document.signed", timestamp: at, data: { id: "d1", recipients } };
    expect(typesIn(body)).toContain("recipient.signed ann@example.com");
  });
});

test("what the body calls things", () => {
  for (const name of ["event", "type", "eventType", "event_type"]) {
    for (const document of [
      { data: { document: { id: "d1" } } },
      { data: { id: "d1" } },
      { data: { documentId: "d1" } },
      { document: { document_id: "d1" } },
      { payload: { id: "d1" } },
      { id: "evt_1", documentId: "d1" },
    ]) {
      const body = { [name]: "document.sent", occurredAt: at, ...document };
      expect(factsIn(body)).toMatchObject([
        { type: "contract.sent", occurredAt: "2026-10-05T08:00:00.000Z" },
      ]);
    }
  }
});

test("what is named otherwise is found where the settings say", () => {
  const settings = ziasign.settings.parse({
    eventPaths: ["meta.kind"],
    documentPaths: ["subject"],
    idNames: ["ref"],
    timePaths: ["meta.at"],
    documentUrl: "https://sign.example.com/d/{id}",
  });
  const body = { meta: { kind: "document.sent", at }, subject: { ref: "d 1" } };
  const request = requestOf(Buffer.from(JSON.stringify(body)));
  const result = ziasign.normalize(request, { settings, receivedAt: new Date(0) });
  expect(result).toMatchObject({
    reports: [
      {
        externalId: "d 1",
        facts: [
          { type: "contract.sent", occurredAt: "2026-10-05T08:00:00.000Z" },
          { description: { url: "https://sign.example.com/d/d%201" } },
        ],
      },
    ],
  });
});

describe("fields", () => {
  test("come from tags in the title, which leave it", () => {
    expect(
      descriptionIn({
        name: "Lease [hubspot_deal_id:1001] 2027 [salesforce_opportunity_id: 006A]",
      }),
    ).toMatchObject({
      title: "Lease 2027",
      fields: { hubspot_deal_id: "1001", salesforce_opportunity_id: "006A" },
    });
  });

  test("come from metadata before tags", () => {
    const description = descriptionIn({
      title: "Lease [hubspot_deal_id:1]",
      metadata: { hubspot_deal_id: 2 },
    });
    expect(description?.fields).toEqual({ hubspot_deal_id: "2" });
  });

  test("are not made of other brackets", () => {
    expect(descriptionIn({ name: "Lease [draft: 2] [final]" })).toEqual({
      title: "Lease [draft: 2] [final]",
    });
  });
});

test.each([
  [
    { amount: 1200.5, currency: "EUR" },
    { value: 1200.5, currency: "EUR" },
  ],
  [{ amount: "1200.50" }, { value: 1200.5, currency: null }],
  [{ amount: { value: "7", currency: "USD" } }, { value: 7, currency: "USD" }],
  [{ amount: "much" }, undefined],
  [{ amount: null }, undefined],
])("the amount in %j is %j", (document, amount) => {
  expect(descriptionIn({ name: "Lease", ...document })?.amount).toEqual(amount);
});

describe("identity", () => {
  test("a noted event is known by ZiaSign's id of it, in the body or a header", () => {
    const body = { event: "document.archived", timestamp: at, data: { id: "d1" } };
    const inBody = factsIn({ ...body, eventId: "e1" });
    const request = requestOf(Buffer.from(JSON.stringify(body)), { "x-webhook-id": "e1" });
    const settings = ziasign.settings.parse({});
    const inHeader = ziasign.normalize(request, { settings, receivedAt: new Date(0) });
    expect(inHeader).toMatchObject({ reports: [{ facts: inBody }] });
    expect(inBody[0]?.occurrence).toBe("document.archived@e1");
  });

  test("a signature is one, with or without the list of signers around it", () => {
    const bare = { event: "document.signed", timestamp: at, data: { id: "d1", signerId: "s1" } };
    const signers = [
      { id: "s1", status: "signed", signedAt: "2026-10-05T07:59:58Z" },
      { id: "s2" },
    ];
    const full = { event: "document.completed", timestamp: at, data: { id: "d1", signers } };
    const signature = { type: "recipient.signed", recipient: "s1", occurrence: "" };
    expect(factsIn(bare)).toContainEqual(expect.objectContaining(signature));
    expect(factsIn(full)).toContainEqual(expect.objectContaining(signature));
  });
});

describe("signatures", () => {
  const body = Buffer.from("{}");
  const digest = hmacSha256(body, "secret");
  const hex = digest.toString("hex");
  const base64 = digest.toString("base64");

  test.each([
    ["hex", {}, { "x-webhook-signature": hex }, true],
    ["base64", {}, { "x-webhook-signature": base64 }, true],
    ["hex with a prefix", {}, { "x-webhook-signature": `sha256=${hex}` }, true],
    ["base64 with a prefix", {}, { "x-webhook-signature": `sha256=${base64}` }, true],
    ["another header", { signatureHeader: "X-Zia" }, { "x-zia": hex }, true],
    ["pinned to hex", { signatureEncoding: "hex" }, { "x-webhook-signature": base64 }, false],
    ["pinned to base64", { signatureEncoding: "base64" }, { "x-webhook-signature": hex }, false],
    ["cut short", {}, { "x-webhook-signature": hex.slice(2) }, false],
  ])("%s", (_, chosen, headers: Record<string, string>, authentic) => {
    const settings = ziasign.settings.parse(chosen);
    const context = { secrets: ["secret"], settings, now: new Date(0) };
    expect(ziasign.verify(requestOf(body, headers), context).authentic).toBe(authentic);
  });
});
