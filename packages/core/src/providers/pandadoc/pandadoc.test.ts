import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { ReportedFact } from "../../contract-event.ts";
import { fold } from "../../contract.ts";
import { hmacSha256 } from "../../signatures/hmac.ts";
import { eventsOf, normalized, requestOf } from "../../testing/reading.ts";
import type { Http } from "../client.ts";
import type { VendorContract } from "../vendor-side.ts";
import { pandadoc } from "./index.ts";

const folder = new URL("./fixtures/", import.meta.url);

function bodyOf(name: string): Buffer {
  return readFileSync(new URL(`${name}.json`, folder));
}

function factsIn(body: Uint8Array): ReportedFact[] {
  const result = normalized(pandadoc, body);
  return result.understood ? result.reports.flatMap((report) => report.facts) : [];
}

function typesIn(body: Uint8Array): string[] {
  return factsIn(body)
    .filter((fact) => fact.description === null)
    .map((fact) => [fact.type, fact.recipient ?? []].flat().join(" "));
}

function message(event: string, data: object): Buffer {
  return Buffer.from(JSON.stringify([{ event, data: { id: "d1", ...data } }]));
}

function contractAfter(...names: string[]) {
  const [events = []] = eventsOf(pandadoc, names.map(bodyOf)).values();
  return fold({ id: "", source: "", externalId: "" }, events);
}

describe("a status", () => {
  test.each([
    ["document.uploaded", ["contract.created"]],
    ["document.draft", ["contract.created"]],
    ["document.sent", ["contract.sent"]],
    ["document.viewed", ["contract.viewed"]],
    ["document.waiting_pay", ["contract.noted", "contract.completed"]],
    ["document.completed", ["contract.completed"]],
    ["document.paid", ["contract.noted", "contract.completed"]],
    ["document.voided", ["contract.expired"]],
    ["document.declined", ["contract.declined"]],
    ["document.cancelled", ["contract.voided"]],
    ["document.error", ["contract.noted"]],
    ["document.waiting_approval", ["contract.noted"]],
    ["document.approved", ["contract.noted"]],
    ["document.rejected", ["contract.noted"]],
    ["document.external_review", ["contract.noted"]],
    ["document.scheduled", ["contract.noted"]],
    ["document.folded", ["contract.noted"]],
  ])("%s is %j", (status, types) => {
    expect(typesIn(message("document_state_changed", { status }))).toEqual(types);
  });

  test("without which a change changes nothing", () => {
    expect(typesIn(message("document_state_changed", {}))).toEqual(["contract.noted"]);
  });

  test("of a draft that had been sent is a correction, told once by two events", () => {
    const corrections = ["document-back-to-draft", "document-updated"].flatMap((name) =>
      factsIn(bodyOf(name)).filter((fact) => fact.type === "contract.corrected"),
    );
    expect(corrections).toHaveLength(2);
    expect(corrections[0]).toEqual(corrections[1]);
    expect(typesIn(bodyOf("document-draft"))).toEqual(["contract.created"]);
  });
});

test.each([
  ["document.sent", "contract.voided"],
  ["document.waiting_approval", "contract.voided"],
  ["document.completed", "contract.noted"],
  ["document.voided", "contract.noted"],
  [undefined, "contract.noted"],
])("deleting a document that is %s is %s", (status, type) => {
  expect(typesIn(message("document_deleted", { status }))[0]).toBe(type);
});

describe("a signature", () => {
  test("has the time of its own event, whichever comes first", () => {
    const names = ["document-completed", "recipient-completed", "recipient-completed-by-email"];
    for (const order of [names, names.toReversed()]) {
      expect(contractAfter(...order).recipients).toMatchObject([
        { key: "rAnn", signedAt: "2026-10-05T08:03:00.104Z" },
        { key: "rBo", signedAt: "2026-10-05T08:04:59.500Z" },
        { key: "rCy", signedAt: null },
      ]);
    }
  });

  test("is no copy's, and nobody's who is not on the list", () => {
    expect(typesIn(bodyOf("recipient-completed-copy"))).toContain("contract.noted rCy");
    const stranger = { action_by: { id: "x", email: "x@example.com" }, recipients: [] };
    expect(typesIn(message("recipient_completed", stranger))).toEqual(["contract.noted"]);
  });

  test("is a contact's where the event names only the contact", () => {
    const recipients = [{ id: "r1", contact_id: "c1", recipient_type: "signer" }];
    const body = message("recipient_completed", { recipients, action_by: { id: "c1" } });
    expect(typesIn(body)).toEqual(["recipient.signed r1"]);
  });
});

function described(data: object) {
  return factsIn(message("document_updated", data)).find((fact) => fact.description)?.description;
}

describe("a description", () => {
  test("has metadata before the CRM's own links", () => {
    const linked_objects = [
      { provider: "hubspot", entity_type: "deal", entity_id: "2" },
      { provider: "salesforce-oauth2-sandbox", entity_type: "Opportunity", entity_id: "006A" },
      { provider: "salesforce-oauth2", entity_type: "lead", entity_id: "00Q" },
      { provider: "pipedrive", entity_type: "deal", entity_id: "134" },
    ];
    expect(described({ linked_objects, metadata: { hubspot_deal_id: "1" } })?.fields).toEqual({
      hubspot_deal_id: "1",
      salesforce_opportunity_id: "006A",
    });
    expect(described({ linked_objects: linked_objects.slice(2) })).not.toHaveProperty("fields");
  });

  test.each([
    ["1200.50", { value: 1200.5, currency: "EUR" }],
    ["0.00", undefined],
    ["many", undefined],
  ])("a total of %s is %j", (amount, expected) => {
    expect(described({ grand_total: { amount, currency: "EUR" } })?.amount).toEqual(expected);
  });

  test("names where the document is opened, as the settings say", () => {
    const settings = pandadoc.settings.parse({ webAppUrl: "https://sign.example.com" });
    const request = requestOf(message("document_updated", {}));
    const result = pandadoc.normalize(request, { settings, receivedAt: new Date(0) });
    expect(JSON.stringify(result)).toContain("https://sign.example.com/a/#/documents/d1");
  });
});

test.each([
  [[{ event: "recipient_completed", data: { document_id: "d2" } }], "no-document-id"],
  [[{ event: "template_created", data: {} }], undefined],
])("what of a batch cannot be read is told beside what can: %j", (others, unread) => {
  const [one] = JSON.parse(
    message("document_state_changed", { status: "document.sent" }).toString(),
  );
  const result = normalized(pandadoc, Buffer.from(JSON.stringify([one, ...others])));
  expect(result).toMatchObject({ understood: true, reports: [{ externalId: "d1" }] });
  expect(result.understood && result.unread).toBe(unread);
});

test("signing links are never read", () => {
  const files = readdirSync(folder).filter((file) => !file.includes("expected"));
  const bodies = files.map((file) => readFileSync(new URL(file, folder)));
  expect(bodies.filter((body) => body.includes("5ec2e7-of-")).length).toBeGreaterThan(10);
  const read = JSON.stringify(bodies.map((body) => normalized(pandadoc, body)));
  expect(read).not.toMatch(/shared_link|5ec2e7/);
});

describe("the signature of a body", () => {
  const body = Buffer.from('[{"event":"document_updated"}]');
  const signature = hmacSha256(body, "key").toString("hex");
  const verified = (request: { query?: object; headers?: object }, chosen: object) => {
    const context = {
      secrets: ["key"],
      settings: pandadoc.settings.parse(chosen),
      now: new Date(0),
    };
    return pandadoc.verify({ ...requestOf(body), ...Object(request) }, context).authentic;
  };

  test.each([
    ["in the query", { query: { signature } }, {}, true],
    ["in capitals", { query: { signature: signature.toUpperCase() } }, {}, true],
    [
      "in base64",
      { query: { signature: Buffer.from(signature, "hex").toString("base64") } },
      {},
      false,
    ],
    ["in a header nobody set", { headers: { "x-pandadoc-signature": signature } }, {}, false],
    [
      "in the header that is set",
      { headers: { "x-pandadoc-signature": signature } },
      { signatureHeader: "X-PandaDoc-Signature" },
      true,
    ],
  ])("%s", (_, request, chosen, authentic) => {
    expect(verified(request, chosen)).toBe(authentic);
  });
});

const at = (minute: number) => new Date(Date.UTC(2026, 9, 5, 8, minute));

describe("the API", () => {
  const walk = {
    externalId: "d1",
    title: "Lease",
    sender: { name: "Sal Sender", email: "sal@example.com" },
    fields: {},
    recipients: [
      { key: "r1", name: "Ann Buyer", email: "ann@example.com", order: 1 },
      { key: "r2", name: "Bo Seller", email: "bo@example.com", order: 2 },
    ],
  };
  const sent = [{ kind: "created", at: at(0) } as const, { kind: "sent", at: at(1) } as const];
  const signed = [...sent, { kind: "signed", recipientKey: "r1", at: at(2) } as const];

  function connectTo(contract: VendorContract) {
    const { client, vendorSide } = pandadoc;
    const access = client?.access.parse(vendorSide.access?.("https://panda.test"));
    if (!client || !access || !vendorSide.answer) throw new Error("There is no client.");
    const calls: string[] = [];
    const http: Http = async (call) => {
      const url = call.url.replace("https://panda.test", "");
      calls.push(`${call.method} ${url} ${call.body ?? ""}`);
      return vendorSide.answer?.({ ...call, url }, [contract], at(9)) ?? Promise.reject();
    };
    return { calls, connection: client.connect(access, { http, now: () => at(9) }) };
  }

  test("reminds those whose turn it is", async () => {
    const { calls, connection } = connectTo({ walk, steps: signed });
    expect(await connection.sendReminder?.("d1", null)).toEqual({ outcome: "ok", value: null });
    expect(calls[1]).toMatch(/^POST .*\/d1\/send-reminder .*"recipient_id":"r2"/);
    expect(calls[1]).not.toContain('"r1"');
  });

  test("says why a reminder was not sent", async () => {
    const { connection } = connectTo({ walk, steps: signed });
    expect(await connection.sendReminder?.("d1", "r1")).toMatchObject({
      outcome: "refused",
      message: expect.stringContaining("completed their part"),
    });
  });

  test("refuses the sealed file of what is not completed, in PandaDoc's words", async () => {
    const { connection } = connectTo({ walk, steps: signed });
    expect(await connection.fetchSignedDocument("d1")).toEqual({
      outcome: "refused",
      code: "request_error",
      message: "Document has incorrect status",
    });
  });

  test("tells the audit trail in our words", async () => {
    const { connection } = connectTo({ walk, steps: signed });
    expect(await connection.fetchAuditTrail("d1")).toMatchObject({
      value: {
        entries: [
          { action: "contract.created", at: "2026-10-05T08:00:00.000Z", ip: "198.51.100.8" },
          { action: "contract.sent", actor: { name: null, email: "sal@example.com" } },
          { action: "recipient.signed", actor: { name: null, email: "ann@example.com" } },
        ],
      },
    });
  });
});
