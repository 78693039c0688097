import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { ReportedFact } from "../../contract-event.ts";
import { fold } from "../../contract.ts";
import { eventsOf, normalized, requestOf } from "../../testing/reading.ts";
import type { Http, HttpCall } from "../client.ts";
import { documenso } from "./index.ts";

const folder = new URL("./fixtures/", import.meta.url);

function bodyOf(name: string): Buffer {
  return readFileSync(new URL(`${name}.json`, folder));
}

function factsIn(body: Uint8Array): ReportedFact[] {
  const result = normalized(documenso, body);
  return result.understood ? result.reports.flatMap((report) => report.facts) : [];
}

function typesIn(body: Uint8Array): string[] {
  return factsIn(body)
    .filter((fact) => fact.description === null)
    .map((fact) => [fact.type, fact.recipient ?? []].flat().join(" "));
}

function message(event: string, payload: object, createdAt = "2026-10-05T09:00:00.000Z"): Buffer {
  return Buffer.from(JSON.stringify({ event, payload: { id: 1, ...payload }, createdAt }));
}

function contractAfter(...names: string[]) {
  const [events = []] = eventsOf(documenso, names.map(bodyOf)).values();
  return fold({ id: "", source: "", externalId: "" }, events);
}

describe("an event", () => {
  test.each([
    ["DOCUMENT_CREATED", {}, ["contract.created"]],
    ["DOCUMENT_SENT", {}, ["contract.sent"]],
    ["DOCUMENT_OPENED", {}, ["contract.viewed"]],
    ["DOCUMENT_SIGNED", {}, ["contract.noted"]],
    ["DOCUMENT_RECIPIENT_COMPLETED", {}, ["contract.noted"]],
    ["DOCUMENT_COMPLETED", {}, ["contract.completed"]],
    ["DOCUMENT_REJECTED", {}, ["contract.declined"]],
    ["DOCUMENT_CANCELLED", { status: "CANCELLED" }, ["contract.sent", "contract.voided"]],
    ["DOCUMENT_CANCELLED", { status: "PENDING" }, ["contract.sent", "contract.voided"]],
    ["DOCUMENT_CANCELLED", { status: "DRAFT" }, ["contract.created", "contract.voided"]],
    [
      "DOCUMENT_CANCELLED",
      { status: "COMPLETED" },
      ["contract.sent", "contract.completed", "contract.noted"],
    ],
    ["DOCUMENT_CANCELLED", {}, ["contract.noted"]],
    ["RECIPIENT_EXPIRED", {}, ["contract.noted"]],
    ["DOCUMENT_REMINDER_SENT", {}, ["contract.noted"]],
    ["DOCUMENT_FOLDED", {}, ["contract.noted"]],
  ])("%s with %j is %j", (event, payload, types) => {
    expect(typesIn(message(event, payload))).toEqual(types);
  });

  test.each(["template-created", "test-button"])("%s is about no contract", (name) => {
    expect(normalized(documenso, bodyOf(name))).toEqual({ understood: true, reports: [] });
  });
});

function typesOf(recipient: object): string[] {
  const payload = { status: "PENDING", recipients: [{ id: 7, ...recipient }] };
  return typesIn(message("X", payload)).filter((type) => type.endsWith(" 7"));
}

describe("a recipient", () => {
  test.each([
    ["SIGNER", "SIGNED", ["recipient.signed 7"]],
    ["APPROVER", "SIGNED", ["recipient.signed 7"]],
    ["VIEWER", "SIGNED", []],
    ["ASSISTANT", "SIGNED", []],
    ["CC", "SIGNED", []],
    ["SIGNER", "REJECTED", ["recipient.declined 7"]],
    ["SIGNER", "NOT_SIGNED", []],
  ])("that is %s and %s has %j, though all have `signedAt`", (role, signingStatus, types) => {
    const signedAt = "2026-10-05T08:00:00.000Z";
    expect(typesOf({ role, signingStatus, signedAt })).toEqual(types);
  });

  test("is invited when it is sent, but no copy, and nobody of a draft", () => {
    expect(typesOf({ role: "SIGNER", sendStatus: "SENT" })).toEqual(["recipient.sent 7"]);
    expect(typesOf({ role: "CC", sendStatus: "SENT" })).toEqual([]);
    const recipients = [{ id: 7, role: "SIGNER", sendStatus: "SENT" }];
    expect(typesIn(message("X", { status: "DRAFT", recipients }))).not.toContain(
      "recipient.sent 7",
    );
  });

  test("whose link ran out leaves the contract open", () => {
    expect(typesIn(bodyOf("recipient-expired"))).toContain("contract.noted 72");
    expect(contractAfter("recipient-expired").status).toBe("partially_signed");
  });
});

describe("an ending", () => {
  test("is told from another by the status, since all set `completedAt`", () => {
    expect(contractAfter("document-rejected")).toMatchObject({
      status: "declined",
      endedAt: "2026-10-06T10:00:00.569Z",
      completedAt: null,
      reason: "I do not agree with the terms",
    });
    expect(contractAfter("document-cancelled")).toMatchObject({
      status: "voided",
      endedAt: "2026-10-07T11:00:00.000Z",
      completedAt: null,
    });
  });

  test("is the same with the status of the documentation's example", () => {
    const [one, other] = ["document-rejected", "document-rejected-pending"].map((name) =>
      contractAfter(name),
    );
    expect(one?.status).toBe(other?.status);
    expect(one?.endedAt).toBe(other?.endedAt);
  });

  test("stands when the owner deletes what was completed", () => {
    expect(contractAfter("document-cancelled-completed").status).toBe("completed");
  });
});

function withoutTime(facts: ReportedFact[] = []) {
  return facts.map(({ type, recipient, occurrence }) => ({ type, recipient, occurrence }));
}

describe("a repetition", () => {
  test("with another time of the attempt is the same, and the earliest time stands", () => {
    const [first, retry] = ["document-opened", "document-opened-retry"].map((name) =>
      factsIn(bodyOf(name)),
    );
    expect(withoutTime(retry)).toEqual(withoutTime(first));
    const contract = contractAfter("document-opened-retry", "document-opened");
    expect(contract.viewedAt).toBe("2026-10-05T08:02:00.500Z");
  });

  test("that is wrapped in a body, once or twice, is the same", () => {
    const wrapped = bodyOf("document-opened-wrapped");
    const twice = message("DOCUMENT_OPENED", JSON.parse(wrapped.toString()));
    for (const body of [wrapped, twice]) {
      expect(normalized(documenso, body)).toEqual(normalized(documenso, bodyOf("document-opened")));
    }
  });
});

test("`recipients` goes before `Recipient`, which older installations have alone", () => {
  const payload = { status: "PENDING", Recipient: [{ id: 8, readStatus: "OPENED" }] };
  expect(typesIn(message("X", payload))).toContain("recipient.viewed 8");
  const both = { ...payload, recipients: [{ id: 9, readStatus: "OPENED" }] };
  expect(typesIn(message("X", both))).toContain("recipient.viewed 9");
  expect(typesIn(message("X", both))).not.toContain("recipient.viewed 8");
});

test("a document opens where the settings say", () => {
  const chosen = { webAppUrl: "https://sign.example.com", team: "sales" };
  const settings = documenso.settings.parse(chosen);
  const request = requestOf(bodyOf("document-sent"));
  const result = documenso.normalize(request, { settings, receivedAt: new Date(0) });
  expect(JSON.stringify(result)).toContain(
    '"https://sign.example.com/t/sales/documents/envelope_supplyagreement"',
  );
});

test("signing tokens are never read", () => {
  const files = readdirSync(folder).filter((file) => !file.includes("expected"));
  const bodies = files.map((file) => readFileSync(new URL(file, folder)));
  expect(bodies.filter((body) => body.includes("s3cr3t-token")).length).toBeGreaterThan(10);
  const read = JSON.stringify(bodies.map((body) => normalized(documenso, body)));
  expect(read).not.toMatch(/token|s3cr3t/);
});

function verified(value: string | string[] | undefined, secrets: string[]) {
  const settings = documenso.settings.parse({});
  const request = requestOf(Buffer.from("{}"), { "x-documenso-secret": value });
  return documenso.verify(request, { secrets, settings, now: new Date(0) });
}

describe("the secret", () => {
  test.each<[string, string | string[] | undefined, string[], object]>([
    ["that is right", "b", ["a", "b"], { authentic: true, secretIndex: 1 }],
    ["with a comma in it", "a,b", ["a,b"], { authentic: true, secretIndex: 0 }],
    ["among two headers", ["x", "b"], ["b"], { authentic: true, secretIndex: 0 }],
    ["that is longer", "bb", ["b"], { authentic: false, reason: "bad-signature" }],
    ["that is empty", "", ["", "b"], { authentic: false, reason: "no-signature" }],
    ["that is missing", undefined, ["b"], { authentic: false, reason: "no-signature" }],
    ["where ours is empty", "", [""], { authentic: false, reason: "no-secret" }],
  ])("%s", (_, sent, secrets, verification) => {
    expect(verified(sent, secrets)).toEqual(verification);
  });

  test("is left out of what is kept", () => {
    const { headers } = documenso.sign(Buffer.from("{}"), {
      secrets: ["b"],
      settings: documenso.settings.parse({}),
      now: new Date(0),
    });
    const kept = Object.entries(headers).filter(
      ([name]) => !documenso.secretHeaders?.includes(name),
    );
    expect(kept).toEqual([["content-type", "application/json"]]);
  });
});

function connectTo(answers: Record<string, object>) {
  const calls: HttpCall[] = [];
  const http: Http = async (call) => {
    calls.push(call);
    const { pathname } = new URL(call.url);
    const found = answers[pathname.replace("/api/v2", "")];
    const body = Buffer.from(JSON.stringify(found ?? { message: "Not found", code: "NOT_FOUND" }));
    return { status: found ? 200 : 404, headers: {}, body };
  };
  const access = documenso.client?.access.parse({ apiKey: "api_1" });
  const connection = documenso.client?.connect(Object(access), { http, now: () => new Date(0) });
  if (connection === undefined) throw new Error("There is no client.");
  return { calls, connection };
}

describe("the API", () => {
  const envelope = {
    id: "envelope_1",
    status: "PENDING",
    updatedAt: "2026-10-05T08:00:00.000Z",
    recipients: [
      { id: 71, role: "SIGNER", sendStatus: "SENT", signingStatus: "SIGNED" },
      { id: 72, role: "SIGNER", sendStatus: "SENT", signingStatus: "NOT_SIGNED" },
      { id: 73, role: "SIGNER", sendStatus: "NOT_SENT", signingStatus: "NOT_SIGNED" },
    ],
    envelopeItems: [
      { id: "item_b", title: "Annex", order: 2 },
      { id: "item_a", title: "Lease.pdf", order: 1 },
    ],
  };

  test("reads an older installation's number, and keeps the contract's id", async () => {
    const document = { ...envelope, id: 77, envelopeId: "envelope_1" };
    const { calls, connection } = connectTo({ "/document/77": document });
    expect(await connection.fetchContract("77")).toMatchObject({
      outcome: "ok",
      value: { report: { externalId: "77" } },
    });
    expect(calls[0]).toMatchObject({
      url: "https://app.documenso.com/api/v2/document/77",
      headers: { authorization: "api_1" },
    });
  });

  test("reminds those whose turn it is, by number or not", async () => {
    const answers = {
      "/document/77": { ...envelope, id: 77, envelopeId: "envelope_1" },
      "/envelope/envelope_1": envelope,
      "/envelope/redistribute": { success: true },
    };
    const { calls, connection } = connectTo(answers);
    expect(await connection.sendReminder?.("77", null)).toEqual({ outcome: "ok", value: null });
    expect(JSON.parse(calls.at(-1)?.body ?? "")).toEqual({
      envelopeId: "envelope_1",
      recipients: [72],
    });
    expect(await connection.sendReminder?.("envelope_1", "71")).toMatchObject({
      outcome: "refused",
      code: "nobody-left",
    });
  });

  test("has no signed document before completion, then the first of its files", async () => {
    const open = connectTo({ "/envelope/envelope_1": envelope });
    expect(await open.connection.fetchSignedDocument("envelope_1")).toMatchObject({
      outcome: "refused",
      code: "not-completed",
    });
    const { connection } = connectTo({
      "/envelope/envelope_1": { ...envelope, status: "COMPLETED" },
      "/envelope/item/item_a/download": {},
    });
    expect(await connection.fetchSignedDocument("envelope_1")).toMatchObject({
      outcome: "ok",
      value: { name: "Lease.pdf" },
    });
  });

  test("lists by the signatures too, which do not change a document's own time", async () => {
    const signed = { id: 1, signingStatus: "SIGNED", signedAt: "2026-10-06T08:00:00.000Z" };
    const changed = { ...envelope, id: "envelope_2", recipients: [signed] };
    const { connection } = connectTo({ "/envelope": { data: [envelope, changed, "nonsense"] } });
    expect(await connection.listChangedSince(new Date("2026-10-06T00:00:00Z"))).toEqual({
      outcome: "ok",
      value: ["envelope_2"],
    });
  });
});

test("whom the owner put in another's place is shown, though the document's own time stays", () => {
  const updatedAt = "2026-10-05T08:00:00.000Z";
  const told = (event: string, email: string, at: string) => {
    const recipients = [
      { id: 1, email: "ann@example.com" },
      { id: 2, email },
    ];
    const body = message(event, { updatedAt, recipients }, at);
    const [events = []] = eventsOf(documenso, [body]).values();
    return events.map((one) => ({ ...one, observedAt: at }));
  };
  for (let variant = 0; variant < 200; variant += 1) {
    const carol = `carol${variant}@example.com`;
    const events = [
      ...told("DOCUMENT_SENT", `bob${variant}@example.com`, "2026-10-05T08:00:01.000Z"),
      ...told("DOCUMENT_OPENED", carol, "2026-10-05T08:10:00.000Z"),
    ];
    for (const order of [events, events.toReversed()]) {
      const { recipients } = fold({ id: "", source: "", externalId: "" }, order);
      expect(recipients.map(({ email }) => email)).toEqual(["ann@example.com", carol]);
    }
  }
});
