import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { CredentialError, PermanentError } from "@countersign/store";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createClient, type SalesforceClient } from "./client.ts";
import { isNotFound, translateError } from "./errors.ts";
import { toKnownField } from "./known-fields.ts";
import { DescribeAnswer, MadeAnswer, RecordsAnswer, VersionsAnswer } from "./schema.ts";
import { createSession } from "./session.ts";
import { signIn } from "./sign-in.ts";

/** What a real Salesforce answered, see fixtures/README.md; so that our fake is not all we agree with. */
const answer = (name: string) =>
  readFileSync(new URL(`fixtures/${name}_response.json`, import.meta.url), "utf8");

const answers = new Map<string, [status: number, body: string]>([
  ["/services/data", [200, answer("services_data_success")]],
  ["/made", [201, answer("sobject_create_success")]],
  ["/none", [200, answer("sobject_query_empty")]],
  ["/described", [200, answer("sobject_sobject_describe_success")]],
  ["/not-described", [404, answer("sobject_sobject_describe_error")]],
  ["/wrong-field", [400, answer("sobject_write_error")]],
  ["/wrong-query", [400, answer("sobject_query_error")]],
  ["/no-such-key", [404, answer("sobject_upsert_error")]],
  ["/expired", [401, answer("expired_session")]],
  ["/right/services/oauth2/token", [200, answer("auth_success")]],
  ["/wrong/services/oauth2/token", [400, answer("auth_error")]],
  ["/stale/services/oauth2/token", [400, answer("refresh_error")]],
]);

const server = createServer((request, response) => {
  const [path = ""] = (request.url ?? "").replace(/^\/services\/data\/v[0-9.]+/, "").split("?");
  const [status, body] = answers.get(path) ?? [500, ""];
  response.writeHead(status, { "content-type": "application/json" }).end(body);
});

let url = "";
let client: SalesforceClient;
let signedIn = 0;
beforeAll(async () => {
  await once(server.listen(0, "127.0.0.1"), "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("It has no port.");
  url = `http://127.0.0.1:${address.port}`;
  const session = createSession(async () => {
    signedIn += 1;
    return { accessToken: "t", instanceUrl: url, userId: "005" };
  });
  client = createClient(session, 5_000);
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const errorOf = (call: Promise<unknown>): Promise<unknown> =>
  call.then(
    () => expect.unreachable("It was not refused."),
    (error: unknown) => error,
  );

describe("what Salesforce answers", () => {
  it("to a sign-in is a token, with whom it lets in", async () => {
    const credentials = { loginUrl: `${url}/right`, clientId: "c", clientSecret: "s" };
    expect(await signIn({ ...credentials, flow: "client-credentials" }, new Date())).toEqual({
      accessToken: "EXAMPLE_ACCESS_TOKEN",
      instanceUrl: "https://na1.salesforce.com",
      userId: "005x00000012Q9P",
    });
  });

  it.each(["wrong", "stale"])("to a sign-in that is %s pauses the queue", async (what) => {
    const credentials = { loginUrl: `${url}/${what}`, clientId: "c", clientSecret: "s" };
    const refused = await errorOf(
      signIn({ ...credentials, flow: "client-credentials" }, new Date()),
    );
    expect(translateError(refused)).toBeInstanceOf(CredentialError);
    expect(translateError(refused)).toMatchObject({ code: "invalid_grant" });
  });

  it("to a session that has ended makes us sign in once more, and then say so", async () => {
    await client.get("/none", RecordsAnswer, {});
    const before = signedIn;
    const ended = await errorOf(client.get("/expired", RecordsAnswer, {}));
    expect(signedIn).toBe(before + 1);
    expect(translateError(ended)).toBeInstanceOf(CredentialError);
  });

  it("about its versions, what it made, and finding nothing, is read", async () => {
    expect(await client.versions(VersionsAnswer)).toEqual([
      { version: "20.0" },
      { version: "100" },
    ]);
    expect(await client.send("POST", "/made", MadeAnswer, {})).toEqual({
      id: "some_id",
      success: true,
    });
    expect(await client.get("/none", RecordsAnswer, {})).toEqual({ records: [] });
  });

  it("about an object is read field by field", async () => {
    const { fields } = await client.get("/described", DescribeAnswer, {});
    expect(fields).toHaveLength(30);
    const known = new Map(fields.map((field) => [field.name, toKnownField(field)]));
    const words = { kind: "text", length: 255, writable: true };
    expect(known.get("TextArea_Field")).toMatchObject(words);
    expect(known.get("Auto_Number")).toMatchObject({ kind: "text", length: 30, writable: false });
    expect(known.get("Picklist_Field")).toMatchObject({ kind: "choice", options: null });
    expect(known.get("Percent_Field")).toMatchObject({ kind: "number", writable: true });
    expect(known.get("DateTime_Field")).toMatchObject({ kind: "date-time" });
    expect(known.get("Date_Field")).toMatchObject({ kind: "date" });
    expect(known.get("Checkbox_Field")).toMatchObject({ kind: "yes-or-no" });
    expect(known.get("CreateableButNotUpdateableField")).toMatchObject({ writable: false });
    expect(known.get("ParentWhizbang__c")).toMatchObject({ kind: "other", writable: true });
  });

  it("about an object that the user does not see is no fault", async () => {
    expect(isNotFound(await errorOf(client.get("/not-described", DescribeAnswer, {})))).toBe(true);
  });

  it.each([
    ["/wrong-field", "INVALID_FIELD", "No such column 'foo' on sobject of type Bar"],
    ["/wrong-query", "INVALID_FIELD", "error_message"],
    ["/no-such-key", "NOT_FOUND", "Provided external ID field does not exist"],
  ])("to %s is final, and quoted", async (path, code, words) => {
    const refused = translateError(await errorOf(client.get(path, RecordsAnswer, {})));
    expect(refused).toBeInstanceOf(PermanentError);
    expect(refused).toMatchObject({ code, message: expect.stringContaining(words) });
  });
});
