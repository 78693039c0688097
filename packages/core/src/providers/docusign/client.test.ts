import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { fold, type Contract } from "../../contract.ts";
import type { ContractEvent } from "../../contract-event.ts";
import { eventsIn, eventsOf } from "../../testing/reading.ts";
import { walk } from "../../testing/walks.ts";
import type { HttpAnswer, HttpCall } from "../client.ts";
import { access } from "./access.ts";
import { client } from "./client.ts";
import { docusign } from "./index.ts";
import { vendorSide } from "./vendor-side.ts";

const baseUrl = "https://account-d.docusign.test";
const given = access.parse(vendorSide.access?.(baseUrl));
const steps = [
  { kind: "created", at: new Date("2026-10-05T08:00:00Z") },
  { kind: "sent", at: new Date("2026-10-05T08:01:00Z") },
] as const;

function bodyOf(name: string): Buffer {
  return readFileSync(new URL(`./fixtures/${name}.json`, import.meta.url));
}

function json(status: number, body: object, headers = {}): HttpAnswer {
  return { status, headers, body: Buffer.from(JSON.stringify(body)) };
}

/** A connection to the vendor's side at a clock that can be set, with the calls it made. */
function connected(
  about: (call: HttpCall) => HttpAnswer | undefined = () => undefined,
  settings = {},
) {
  const calls: HttpCall[] = [];
  const clock = { now: new Date("2026-10-05T09:00:00Z") };
  const http = async (call: HttpCall) => {
    calls.push(call);
    const served = { ...call, url: call.url.slice(baseUrl.length) };
    const answer = about(call) ?? vendorSide.answer?.(served, [{ walk, steps }], clock.now);
    return answer ?? json(501, {});
  };
  const connection = client.connect(given, { http, now: () => clock.now, settings });
  const called = () => calls.map(({ method, url }) => `${method} ${new URL(url).pathname}`);
  return { connection, clock, calls, called };
}

const grant = ["POST /oauth/token", "GET /oauth/userinfo"];
const fetching = `GET /restapi/v2.1/accounts/${given.accountId}/envelopes/${walk.externalId}`;

describe("a session", () => {
  test("serves until shortly before its token ends", async () => {
    const { connection, clock, called } = connected();
    await connection.fetchContract(walk.externalId);
    clock.now = new Date("2026-10-05T09:54:59Z");
    await connection.fetchContract(walk.externalId);
    expect(called()).toEqual([...grant, fetching, fetching]);
    clock.now = new Date("2026-10-05T09:55:00Z");
    await connection.fetchContract(walk.externalId);
    expect(called()).toEqual([...grant, fetching, fetching, ...grant, fetching]);
  });

  test("is opened anew once the API no longer takes it", async () => {
    const answers = [json(401, { errorCode: "AUTHORIZATION_INVALID_TOKEN", message: "Revoked" })];
    const { connection, called } = connected(({ url }) =>
      url.includes("/envelopes/") ? answers.pop() : undefined,
    );
    const refused = { outcome: "unauthorized", message: "Revoked" };
    expect(await connection.fetchContract(walk.externalId)).toEqual(refused);
    expect(await connection.fetchContract(walk.externalId)).toMatchObject({ outcome: "ok" });
    expect(called()).toEqual([...grant, fetching, ...grant, fetching]);
  });

  test("is asked for in the words of the JWT grant", async () => {
    const { connection, calls } = connected();
    await connection.fetchContract(walk.externalId);
    const form = new URLSearchParams(calls[0]?.body);
    expect(form.get("grant_type")).toBe("urn:ietf:params:oauth:grant-type:jwt-bearer");
    const [head = "", claims = ""] = form.get("assertion")?.split(".") ?? [];
    expect(decoded(head)).toEqual({ alg: "RS256", typ: "JWT" });
    expect(decoded(claims)).toEqual({
      iss: given.integrationKey,
      sub: given.userId,
      aud: "account-d.docusign.test",
      iat: 1_791_190_800,
      exp: 1_791_194_400,
      scope: "signature impersonation",
    });
  });

  test("that nobody has consented to says where to consent", async () => {
    const { connection } = connected(() => json(400, { error: "consent_required" }));
    const message = expect.stringContaining(`${baseUrl}/oauth/auth?response_type=code&scope=`);
    const answer = await connection.fetchContract(walk.externalId);
    expect(answer).toEqual({ outcome: "unauthorized", message });
  });

  test("needs the account to be one of the user's", async () => {
    const accounts = [{ account_id: "another", base_uri: "https://eu.docusign.test" }];
    const { connection } = connected(({ url }) =>
      url.endsWith("/userinfo") ? json(200, { accounts }) : undefined,
    );
    const answer = await connection.fetchContract(walk.externalId);
    expect(answer).toMatchObject({ outcome: "unauthorized" });
  });

  test("goes where the account is", async () => {
    const accounts = [{ account_id: given.accountId, base_uri: "https://eu.docusign.test" }];
    const { connection, calls } = connected(({ url }) => {
      if (url.endsWith("/userinfo")) return json(200, { accounts });
      return url.startsWith("https://eu.docusign.test/restapi/") ? json(404, {}) : undefined;
    });
    expect(await connection.fetchContract("gone")).toEqual({ outcome: "missing" });
    expect(calls).toHaveLength(3);
  });
});

function decoded(part: string): unknown {
  return JSON.parse(Buffer.from(part, "base64url").toString());
}

test.each([
  [{ errorCode: "ENVELOPE_DOES_NOT_EXIST" }, {}, { outcome: "missing" }],
  [
    { errorCode: "HOURLY_APIINVOCATION_LIMIT_EXCEEDED" },
    { "x-ratelimit-reset": "1791191000" },
    { outcome: "later", seconds: 200 },
  ],
  [{ errorCode: "BURST_APIINVOCATION_LIMIT_EXCEEDED" }, {}, { outcome: "later", seconds: 60 }],
  [
    { errorCode: "ENVELOPE_LOCKED", message: "The envelope is locked." },
    {},
    { outcome: "refused", code: "ENVELOPE_LOCKED", message: "The envelope is locked." },
  ],
])("400 with %j is an outcome of its own", async (body, headers, outcome) => {
  const { connection } = connected(({ url }) =>
    url.includes("/envelopes/") ? json(400, body, headers) : undefined,
  );
  expect(await connection.fetchContract(walk.externalId)).toEqual(outcome);
});

test("a private key that is none is refused where it is given", () => {
  const wrong = access.safeParse({ ...given, privateKey: "-----BEGIN RSA PRIVATE KEY-----" });
  expect(wrong.error?.issues[0]?.message).toContain("RSA private key as PEM");
  const oneLine = given.privateKey.replaceAll("\n", String.raw`\n`);
  expect(access.parse({ ...given, privateKey: oneLine }).privateKey).toBe(given.privateKey);
});

describe("a minimal webhook and reading back tell what a full webhook tells", () => {
  test.each([
    ["envelope-sent-minimal", "envelope-sent"],
    ["envelope-completed-minimal", "envelope-completed"],
    ["recipient-completed-minimal", "recipient-completed"],
    ["envelope-voided-minimal", "envelope-voided"],
  ])("%s", async (minimal, full) => {
    const { data } = JSON.parse(bodyOf(full).toString());
    const { connection } = connected(({ url }) =>
      url.includes("/envelopes/") ? json(200, data.envelopeSummary) : undefined,
    );
    const fetched = await connection.fetchContract(data.envelopeId);
    const readings =
      fetched.outcome === "ok" ? eventsIn(docusign, fetched.value.report, "reconcile") : [];
    expect(known([...pushed(minimal), ...readings])).toEqual(known(pushed(full)));
  });
});

function pushed(name: string): ContractEvent[] {
  return [...eventsOf(docusign, [bodyOf(name)]).values()].flat();
}

/** All but when something was last heard: a minimal webhook is a happening of its own. */
function known(events: ContractEvent[]): Omit<Contract, "lastEventAt"> {
  const { lastEventAt: _, ...rest } = fold({ id: "", source: "", externalId: "" }, events);
  return rest;
}

test("what the source sets holds for what is read back", async () => {
  const { connection } = connected(undefined, { webAppUrl: "https://apps-d.docusign.com" });
  const fetched = await connection.fetchContract(walk.externalId);
  expect(JSON.stringify(fetched)).toContain("https://apps-d.docusign.com/documents/details/");
});

function fields(...pairs: [name: string, value: string][]) {
  return { eventFields: pairs.map(([name, value]) => ({ name, value })) };
}

test("audit events are read by the names of their fields", async () => {
  const auditEvents = [
    fields(
      ["logTime", "2026-10-05T08:02:00.1234567Z"],
      ["Action", "Signed"],
      ["UserName", "Ann Buyer"],
      ["ClientIPAddress", "192.0.2.7 "],
      ["Message", "Ann Buyer signed"],
    ),
    fields(["Action", "Untimed"]),
    null,
  ];
  const { connection } = connected(({ url }) =>
    url.endsWith("/audit_events") ? json(200, { auditEvents }) : undefined,
  );
  expect(await connection.fetchAuditTrail(walk.externalId)).toEqual({
    outcome: "ok",
    value: {
      entries: [
        {
          at: "2026-10-05T08:02:00.123Z",
          action: "Signed",
          actor: { name: "Ann Buyer", email: null },
          ip: "192.0.2.7",
          detail: "Ann Buyer signed",
        },
      ],
    },
  });
});
