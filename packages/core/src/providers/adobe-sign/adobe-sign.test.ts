import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { ReportedFact } from "../../contract-event.ts";
import { eventsOf, normalized, requestOf } from "../../testing/reading.ts";
import { adobeSign } from "./index.ts";
import type { Settings } from "./settings.ts";

const at = "2026-10-05T08:00:00Z";
const ann = "ann@example.com";
const bo = "bo@example.com";
const now = new Date("2026-12-01T12:00:00Z");

function factsIn(body: object, settings: Settings = { proof: "client-id" }): ReportedFact[] {
  const request = requestOf(Buffer.from(JSON.stringify(body)));
  const result = adobeSign.normalize(request, { settings, receivedAt: now });
  return result.understood ? result.reports.flatMap((report) => report.facts) : [];
}

function typesIn(body: object): string[] {
  return factsIn(body)
    .filter((fact) => fact.description === null)
    .map((fact) => [fact.type, fact.recipient ?? []].flat().join(" "));
}

const about = (event: string, status: string, more: object = {}) => ({
  event: `AGREEMENT_${event}`,
  eventDate: at,
  participantUserEmail: ann,
  ...more,
  agreement: { id: "a1", status },
});

describe("the events of the guide", () => {
  test.each([
    ["CREATED", "DRAFT", ["contract.created"]],
    ["CREATED", "OUT_FOR_APPROVAL", ["contract.created", "contract.sent"]],
    ["ACTION_REQUESTED", "OUT_FOR_SIGNATURE", ["contract.sent", `recipient.sent ${ann}`]],
    ["EMAIL_VIEWED", "AUTHORING", [`recipient.viewed ${ann}`]],
    ["DOCUMENTS_VIEWED_PASSWORD_PROTECTED", "AUTHORING", [`recipient.viewed ${ann}`]],
    ["ACTION_COMPLETED", "AUTHORING", [`recipient.signed ${ann}`]],
    ["PARTICIPANT_COMPLETED", "AUTHORING", [`recipient.signed ${ann}`]],
    ["WORKFLOW_COMPLETED", "SIGNED", ["contract.completed"]],
    ["WORKFLOW_COMPLETED", "FORM_FILLED", ["contract.completed"]],
    ["WORKFLOW_COMPLETED", "EXPIRED", ["contract.expired"]],
    ["WORKFLOW_COMPLETED", "CANCELLED", ["contract.noted"]],
    ["WORKFLOW_COMPLETED", "ABORTED", ["contract.noted"]],
    ["REJECTED", "CANCELLED", ["contract.declined", `recipient.declined ${ann}`]],
    ["RECALLED", "CANCELLED", ["contract.voided"]],
    [
      "RECALLED_MAX_SIGNING_EMAIL_OTP_ATTEMPTS",
      "CANCELLED",
      ["contract.voided", `recipient.auth_failed ${ann}`],
    ],
    ["EXPIRED", "EXPIRED", ["contract.expired"]],
    ["AUTO_CANCELLED_CONVERSION_PROBLEM", "CANCELLED", ["contract.voided"]],
    ["MODIFIED", "AUTHORING", ["contract.corrected"]],
    ["EXPIRATION_UPDATED", "AUTHORING", ["contract.corrected"]],
    ["RESTARTED", "AUTHORING", ["contract.corrected"]],
    ["EMAIL_BOUNCED", "AUTHORING", [`recipient.bounced ${ann}`]],
    ["KBA_AUTHENTICATED", "AUTHORING", ["contract.noted"]],
    ["VAULTED", "AUTHORING", ["contract.noted"]],
    ["DOCUMENTS_DELETED", "SIGNED", ["contract.noted", "contract.completed"]],
    ["OF_2031", "AUTHORING", ["contract.noted"]],
  ])("%s with the status %s is %j", (event, status, types) => {
    expect(typesIn(about(event, status))).toEqual(types);
  });

  test("who delegates is reassigned, and a delegation to oneself is only noted", () => {
    for (const event of ["ACTION_DELEGATED", "ACTION_AUTO_DELEGATED"]) {
      const delegated = (actingUserEmail: string) => about(event, "AUTHORING", { actingUserEmail });
      expect(typesIn(delegated(bo))).toEqual([`recipient.reassigned ${bo}`]);
      expect(typesIn(delegated(ann))).toEqual(["contract.noted"]);
    }
  });

  test.each([
    ["CERTIFIED_RECIPIENT", "contract.noted"],
    ["DELEGATE_TO_SIGNER", "contract.noted"],
    ["SENDER", "contract.noted"],
    ["APPROVER", `recipient.signed ${ann}`],
    ["NOTARY_SIGNER", `recipient.signed ${ann}`],
  ])("what a %s completes is %s", (participantRole, type) => {
    const body = about("ACTION_COMPLETED", "AUTHORING", { participantRole });
    expect(typesIn(body)).toEqual([type]);
  });

  test.each(["WIDGET_MODIFIED", "MEGASIGN_RECALLED", "LIBRARY_DOCUMENT_CREATED"])(
    "%s is about no agreement",
    (event) => {
      const body = Buffer.from(JSON.stringify({ event, eventDate: at }));
      expect(normalized(adobeSign, body)).toEqual({ understood: true, reports: [] });
    },
  );
});

const ids = (body: object) =>
  [...eventsOf(adobeSign, [Buffer.from(JSON.stringify(body))]).values()]
    .flat()
    .map((event) => event.id);

describe("identity", () => {
  test("the same event of two webhooks is one, whatever its notification id", () => {
    const one = about("EMAIL_BOUNCED", "AUTHORING", {
      webhookId: "w1",
      webhookNotificationId: "n1",
    });
    const other = { ...one, webhookId: "w2", webhookNotificationId: "n2" };
    expect(ids(other)).toEqual(ids(one));
  });

  test("one notification id for two happenings does not make them one", () => {
    const one = about("REMINDER_SENT", "AUTHORING", { webhookNotificationId: "n1" });
    const later = { ...one, eventDate: "2026-10-06T08:00:00Z" };
    const toBo = { ...one, participantUserEmail: bo };
    expect(new Set([one, later, toBo].flatMap((body) => ids(body)[0])).size).toBe(3);
  });

  test("an action's and a participant's completion are one signature", () => {
    const [action, participant] = ["ACTION_COMPLETED", "PARTICIPANT_COMPLETED"].map((event) =>
      ids(about(event, "AUTHORING")),
    );
    expect(participant).toEqual(action);
  });
});

const member = (email: string, status = "ACTIVE") => ({ email, status });
const withSets = (participantSets: object[]) => ({
  ...about("SHARED", "OUT_FOR_SIGNATURE"),
  agreement: { id: "a1", status: "OUT_FOR_SIGNATURE", participantSetsInfo: { participantSets } },
});

describe("participants", () => {
  test("a set's completion is one person's signature, or of several nobody's in particular", () => {
    const one = { role: "SIGNER", status: "COMPLETED", memberInfos: [member(ann)] };
    const group = { ...one, memberInfos: [member(bo), member("cy@example.com")] };
    const reader = { ...one, role: "CERTIFIED_RECIPIENT", memberInfos: [member("di@example.com")] };
    expect(typesIn(withSets([one, group, reader]))).toEqual([
      "contract.noted",
      "contract.sent",
      `recipient.signed ${ann}`,
    ]);
  });

  test("who was replaced is reassigned, and the other one's turn has come", () => {
    const memberInfos = [member(ann, "REPLACED"), member(bo)];
    const set = { role: "SIGNER", status: "WAITING_FOR_MY_SIGNATURE", memberInfos };
    expect(typesIn(withSets([set])).slice(2)).toEqual([
      `recipient.reassigned ${ann}`,
      `recipient.sent ${bo}`,
    ]);
  });

  test("who is on it twice has signed when nothing of theirs is open", () => {
    const sets = ["COMPLETED", "WAITING_FOR_MY_SIGNATURE"].map((status) => ({
      role: "SIGNER",
      status,
      memberInfos: [member(ann)],
    }));
    expect(typesIn(withSets(sets)).slice(2)).toEqual([`recipient.sent ${ann}`]);
  });
});

test.each([
  ["hubspot_deal_id=1001", { external_id: "hubspot_deal_id=1001", hubspot_deal_id: "1001" }],
  ['{"salesforce_opportunity_id":"006A"}', { salesforce_opportunity_id: "006A" }],
  ["4711", { external_id: "4711" }],
])("the external id %s is read", (id, fields) => {
  const body = { ...about("SHARED", "AUTHORING"), agreement: { id: "a1", externalId: { id } } };
  expect(factsIn(body).at(-1)?.description?.fields).toMatchObject(fields);
});

test("the address of an agreement is a setting", () => {
  const agreementUrl = "https://na1.example.com/agreements/{id}";
  const facts = factsIn(about("SHARED", "AUTHORING"), { proof: "client-id", agreementUrl });
  expect(facts.at(-1)?.description?.url).toBe("https://na1.example.com/agreements/a1");
});

test("the signed file and the webhook's address are read nowhere", () => {
  const folder = new URL("fixtures/", import.meta.url);
  const bodies = readdirSync(folder).filter((file) => /^[^.]+\.json$/.test(file));
  expect(bodies.length).toBeGreaterThan(20);
  for (const file of bodies) {
    const text = JSON.stringify(normalized(adobeSign, readFileSync(new URL(file, folder))));
    expect(text).not.toMatch(/JVBERi|EXAMPLE_URL_SECRET|hooks\.example\.com/);
  }
});

const from = (clientId: string | string[] | undefined) =>
  requestOf(Buffer.from("{}"), { "x-adobesign-clientid": clientId });

describe("the client id", () => {
  const settings = adobeSign.settings.parse({});
  const context = { secrets: ["OLDCLIENT", "NEWCLIENT"], settings, now };
  test.each([
    ["NEWCLIENT", { authentic: true, secretIndex: 1 }],
    ["newclient", { authentic: false, reason: "bad-signature" }],
    ["NEWCLIENT, OTHER", { authentic: false, reason: "bad-signature" }],
    [["NEWCLIENT", "NEWCLIENT"], { authentic: false, reason: "bad-signature" }],
    ["", { authentic: false, reason: "bad-signature" }],
    [undefined, { authentic: false, reason: "no-signature" }],
  ])("%j is judged", (clientId, verification) => {
    expect(adobeSign.verify(from(clientId), context)).toEqual(verification);
  });

  test("is echoed to every delivery, in a header and in the body", () => {
    expect(adobeSign.reply?.(from("NEWCLIENT"))).toEqual({
      status: 200,
      headers: { "X-AdobeSign-ClientId": "NEWCLIENT", "content-type": "application/json" },
      body: '{"xAdobeSignClientId":"NEWCLIENT"}',
    });
  });

  test("is echoed to the GET that checks the address, where we know it", () => {
    const greet = (clientId: string | undefined) => {
      const request = { ...from(clientId), method: "GET", body: Buffer.alloc(0) };
      return adobeSign.handshake?.(request, context);
    };
    expect(greet("OLDCLIENT")).toEqual(adobeSign.reply?.(from("OLDCLIENT")));
    expect(greet("SOMEBODY")).toEqual({ status: 401 });
    expect(greet(undefined)).toEqual({ status: 401 });
  });
});

describe("a bearer token instead", () => {
  const settings = adobeSign.settings.parse({ proof: "bearer" });
  const context = { secrets: ["token-1"], settings, now };

  test.each([
    ["Bearer token-1", true],
    ["bearer token-1", true],
    ["Bearer token-2", false],
    ["token-1", false],
    [undefined, false],
  ])("%s", (authorization, authentic) => {
    const headers = { authorization, "x-adobesign-clientid": "ANYBODY" };
    const request = requestOf(Buffer.from("{}"), headers);
    expect(adobeSign.verify(request, context).authentic).toBe(authentic);
  });

  test("is what the vendor's side sends", () => {
    const request = { method: "POST", ...adobeSign.sign(Buffer.from("{}"), context) };
    expect(adobeSign.verify(request, context).authentic).toBe(true);
  });
});
