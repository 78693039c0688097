import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { ReportedFact } from "../../contract-event.ts";
import { eventsOf, normalized, requestOf } from "../../testing/reading.ts";
import { dropboxSign } from "./index.ts";

const time = 1_791_187_200;
const at = "2026-10-05T08:00:00.000Z";

function callback(type: string, request?: object, metadata: object = {}): object {
  const event = { event_time: String(time), event_type: type, event_metadata: metadata };
  if (request === undefined) return { event };
  return { event, signature_request: { signature_request_id: "r1", ...request } };
}

function bytes(body: object): Buffer {
  return Buffer.from(JSON.stringify(body));
}

function factsIn(body: object): ReportedFact[] {
  const result = normalized(dropboxSign, bytes(body));
  return result.understood ? result.reports.flatMap((report) => report.facts) : [];
}

function typesIn(body: object): string[] {
  return factsIn(body)
    .filter((fact) => fact.description === null)
    .map((fact) => [fact.type, fact.recipient ?? []].flat().join(" "));
}

const onHold = { signatures: [{ signature_id: "s1", status_code: "on_hold" }] };

describe("the events of the documentation", () => {
  test.each([
    ["prepared", ["contract.created"]],
    ["sent", ["contract.sent"]],
    ["viewed", ["recipient.viewed s1"]],
    ["signed", ["recipient.signed s1"]],
    ["all_signed", ["contract.completed"]],
    ["downloadable", ["contract.noted"]],
    ["declined", ["contract.declined", "recipient.declined s1"]],
    ["canceled", ["contract.voided"]],
    ["expired", ["contract.expired"]],
    ["reassigned", ["contract.noted"]],
    ["signer_removed", ["contract.corrected"]],
    ["email_bounce", ["recipient.bounced s1"]],
    ["remind", ["contract.noted"]],
    ["incomplete_qes", ["recipient.auth_failed s1"]],
    ["invalid", ["contract.noted"]],
    ["destroyed", ["contract.noted"]],
    ["of_2031", ["contract.noted"]],
  ])("signature_request_%s is %j", (event, types) => {
    expect(typesIn(callback(`signature_request_${event}`, onHold))).toEqual(types);
  });

  test.each([
    "callback_test",
    "account_confirmed",
    "template_created",
    "template_error",
    "unknown_error",
  ])("%s is about no contract", (event) => {
    expect(normalized(dropboxSign, bytes(callback(event)))).toEqual({
      understood: true,
      reports: [],
    });
  });

  test("a test with a sample request still is a test", () => {
    expect(typesIn(callback("callback_test", onHold))).toEqual([]);
  });
});

const two = (first: object, second: object) => ({
  signatures: [
    { signature_id: "s1", ...first },
    { signature_id: "s2", ...second },
  ],
});

describe("whose event it is", () => {
  test.each([
    ["the signature it names", "s1", {}, { last_viewed_at: time }, "recipient.viewed s1"],
    ["by the time where it names none", null, {}, { last_viewed_at: time }, "recipient.viewed s2"],
    ["by the time where that is empty", "", {}, { last_viewed_at: time }, "recipient.viewed s2"],
    ["by the time where it is nobody's", "x", { last_viewed_at: time }, {}, "recipient.viewed s1"],
    ["nobody's at another time", "x", { last_viewed_at: time - 9 }, {}, "contract.viewed"],
    [
      "nobody's of two at once",
      "x",
      { last_viewed_at: time },
      { last_viewed_at: time },
      "contract.viewed",
    ],
  ])("%s", (_, related_signature_id, first, second, type) => {
    const metadata = { related_signature_id };
    const body = callback("signature_request_viewed", two(first, second), metadata);
    expect(typesIn(body)).toContain(type);
  });

  test("a signature of nobody in particular is only noted", () => {
    const body = callback("signature_request_signed", two({}, {}));
    expect(typesIn(body)).toEqual(["contract.noted"]);
  });
});

const signature = (key: string, more: object) => ({ signature_id: key, order: null, ...more });

describe("what the signatures show", () => {
  test("their own times", () => {
    const signatures = [
      signature("s1", { status_code: "signed", signed_at: time + 60, last_viewed_at: time + 30 }),
      signature("s2", { status_code: "awaiting_signature" }),
    ];
    const body = callback("signature_request_remind", { signatures, created_at: time - 60 });
    const told = factsIn(body).map(({ type, recipient, occurredAt }) => [
      type,
      recipient,
      occurredAt,
    ]);
    expect(told.slice(0, 6)).toEqual([
      ["contract.created", null, "2026-10-05T07:59:00.000Z"],
      ["contract.sent", null, "2026-10-05T07:59:00.000Z"],
      ["recipient.sent", "s1", "2026-10-05T07:59:00.000Z"],
      ["recipient.viewed", "s1", "2026-10-05T08:00:30.000Z"],
      ["recipient.signed", "s1", "2026-10-05T08:01:00.000Z"],
      ["recipient.sent", "s2", "2026-10-05T07:59:00.000Z"],
    ]);
  });

  test("in an order, the next turn comes with the signature before it", () => {
    const signatures = [
      signature("s1", { status_code: "signed", signed_at: time, order: 0 }),
      signature("s2", { status_code: "awaiting_signature", order: 1 }),
      signature("s3", { status_code: "awaiting_signature", order: 2 }),
    ];
    const facts = factsIn(
      callback("signature_request_remind", { signatures, created_at: time - 60 }),
    );
    const turns = facts.filter((fact) => fact.type === "recipient.sent");
    expect(turns.map(({ recipient, occurredAt }) => [recipient, occurredAt])).toEqual([
      ["s1", "2026-10-05T07:59:00.000Z"],
      ["s2", at],
    ]);
    expect(facts.at(-1)?.description?.recipients?.map((one) => one.order)).toEqual([1, 2, 3]);
  });

  test("who handed on, and to whom", () => {
    const signatures = [
      signature("s2", { reassigned_from: "s1", reassignment_reason: "On leave" }),
    ];
    const facts = factsIn(callback("signature_request_reassigned", { signatures }));
    expect(facts).toContainEqual(
      expect.objectContaining({
        type: "recipient.reassigned",
        recipient: "s1",
        reason: "On leave",
      }),
    );
  });

  test("an expiry of zero or null is none", () => {
    for (const expires_at of [0, null]) {
      const facts = factsIn(callback("signature_request_sent", { expires_at }));
      expect(facts.at(-1)?.description?.expiresAt).toBeNull();
    }
  });
});

test("metadata are fields, those in objects by both names", () => {
  const metadata = {
    hubspot_deal_id: 1001,
    crm: { owner: "sal", rest: {} },
    list: ["a"],
    none: null,
  };
  const facts = factsIn(callback("signature_request_sent", { metadata }));
  expect(facts.at(-1)?.description?.fields).toEqual({
    hubspot_deal_id: "1001",
    "crm.owner": "sal",
    "list.0": "a",
  });
});

test.each([
  ["https://app.hellosign.com/home/manage?guid=r1", true],
  ["https://app.hellosign.com/sign/r1", false],
  ["https://www.hellosign.com/editor/sign?guid=r1", false],
  ["javascript:alert(1)", false],
])("%s is an address to show: %j", (details_url, isShown) => {
  const facts = factsIn(callback("signature_request_sent", { details_url }));
  expect(facts.at(-1)?.description?.url).toBe(isShown ? details_url : undefined);
});

test("signing links and what signers typed are read nowhere", () => {
  const folder = new URL("fixtures/", import.meta.url);
  const bodies = readdirSync(folder).filter((file) => /^[^.]+\.json$/.test(file));
  expect(bodies.length).toBeGreaterThan(20);
  for (const file of bodies) {
    const text = JSON.stringify(normalized(dropboxSign, readFileSync(new URL(file, folder))));
    expect(text).not.toMatch(/EXAMPLE_|EXAMPLE-|\/sign\/|token=/);
  }
});

function bounce(metadata: object): string[] {
  const body = bytes(callback("signature_request_email_bounce", onHold, metadata));
  return [...eventsOf(dropboxSign, [body]).values()].flat().map((event) => event.id);
}

test("the callbacks to the account and to the app are one event", () => {
  const related_signature_id = "s1";
  const account = bounce({ related_signature_id, reported_for_account_id: "a" });
  const app = bounce({ related_signature_id, reported_for_app_id: "b" });
  expect(app).toEqual(account);
});

test("every callback is answered with the phrase", () => {
  expect(dropboxSign.reply?.(requestOf(Buffer.alloc(0)))).toEqual({
    status: 200,
    headers: { "content-type": "text/plain" },
    body: "Hello API Event Received",
  });
});
