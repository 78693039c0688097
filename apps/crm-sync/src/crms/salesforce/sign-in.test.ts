import { generateKeyPairSync, verify } from "node:crypto";
import { expect, it } from "vitest";
import { readCredentials } from "./credentials.ts";
import { audienceOf, createAssertion } from "./sign-in.ts";

const now = new Date("2026-11-23T10:00:00.500Z");

const decode = (part: string): unknown => JSON.parse(Buffer.from(part, "base64url").toString());

it("signs an assertion that Salesforce's rules accept", () => {
  const { publicKey, privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const pem = privateKey.export({ type: "pkcs8", format: "pem" }).toString();
  const claims = {
    iss: "client",
    sub: "sync@northgate.example",
    aud: "https://login.salesforce.com",
  };
  const [header = "", payload = "", signature = ""] = createAssertion(claims, pem, now).split(".");
  expect(decode(header)).toEqual({ alg: "RS256" });
  expect(decode(payload)).toEqual({ ...claims, exp: 1_795_428_000 + 170 });
  const signed = Buffer.from(`${header}.${payload}`);
  expect(verify("RSA-SHA256", signed, publicKey, Buffer.from(signature, "base64url"))).toBe(true);
});

it.each([
  ["https://northgate.my.salesforce.com", "https://login.salesforce.com"],
  ["https://northgate--dev.sandbox.my.salesforce.com/", "https://test.salesforce.com"],
  ["https://test.salesforce.com", "https://test.salesforce.com"],
  ["https://partners.northgate.example/s", "https://partners.northgate.example"],
])("the audience of %s is %s", (loginUrl, audience) => {
  expect(audienceOf(loginUrl)).toBe(audience);
});

const base = { SALESFORCE_LOGIN_URL: "https://login.salesforce.com" };
const key = { SALESFORCE_USERNAME: "sync@northgate.example", SALESFORCE_PRIVATE_KEY: "pem" };

it.each([
  [{ SALESFORCE_CLIENT_ID: "c", SALESFORCE_CLIENT_SECRET: "s" }, "client-credentials"],
  [{ SALESFORCE_CLIENT_ID: "c", ...key }, "jwt-bearer"],
  [{ SALESFORCE_CLIENT_ID: "c", SALESFORCE_CLIENT_SECRET: "s", ...key }, "client-credentials"],
  [{ SALESFORCE_CLIENT_ID: "c" }, undefined],
  [{ SALESFORCE_CLIENT_ID: "c", SALESFORCE_USERNAME: "u" }, undefined],
  [{ SALESFORCE_CLIENT_SECRET: "s", ...key }, undefined],
])("%j is %s", (given, flow) => {
  expect(readCredentials({ ...base, ...given })?.flow).toBe(flow);
});
