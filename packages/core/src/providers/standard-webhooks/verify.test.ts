import { generateKeyPairSync } from "node:crypto";
import * as fc from "fast-check";
import { Webhook } from "standardwebhooks";
import { describe, expect, test } from "vitest";
import { requestOf } from "../../testing/reading.ts";
import type { IncomingRequest } from "../provider.ts";
import { standardWebhooks } from "./index.ts";
import { signaturesOf } from "./verify.ts";

const settings = standardWebhooks.settings.parse({});

function verdictOf(
  headers: IncomingRequest["headers"],
  body: string,
  secrets: string[],
  now: Date,
  chosen = settings,
) {
  const request = requestOf(Buffer.from(body), headers);
  return standardWebhooks.verify(request, { secrets, settings: chosen, now });
}

/** standard-webhooks/standard-webhooks at b2fa7b8, libraries' tests (Apache-2.0). */
const vector = {
  secret: "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
  id: "msg_p5jXN8AQM9LWM0D4loKWxJek",
  timestamp: 1_614_265_330,
  body: '{"test": 2432232314}',
  right: "g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
  wrong: "Ceo5qEr07ixe2NLpvHk3FH9bwy/WavXrAFQ/9tdO6mc=",
};

describe("the published vector", () => {
  const { secret, id, timestamp, body, right, wrong } = vector;
  const now = new Date(timestamp * 1000);
  const headersWith = (signature: string | string[], given: string | undefined = id) => ({
    "webhook-id": given,
    "webhook-timestamp": String(timestamp),
    "webhook-signature": signature,
  });

  test.each<[string | string[], boolean]>([
    [`v1,${right}`, true],
    [`v1,${wrong}`, false],
    [`v2,${right}`, false],
    [`v1a,${right}`, false],
    [right, false],
    ["v1,", false],
    [`v1,${right.slice(0, 8)}`, false],
    [`v1,${right.slice(0, -1)}`, false],
    [`v1,${right}=`, false],
    [`v1,${right},v1`, false],
    [`v1,${right.slice(0, -2)}F=`, false],
    [`v1,${wrong} v2,${wrong} v1,${right} v1,${wrong}`, true],
    [`v1,${wrong} v2,${right}`, false],
    [[`v1,${wrong}`, `v1,${right}`], true],
    [`v1,${wrong}, v1,${right}`, true],
  ])("signed %j: %s", (signature, authentic) => {
    expect(verdictOf(headersWith(signature), body, [secret], now).authentic).toBe(authentic);
  });

  test("is what we make", () => {
    const message = { id, timestamp, body: Buffer.from(body) };
    expect(signaturesOf(message, [secret])).toBe(`v1,${right}`);
    expect(signaturesOf(message, ["whsec_", secret, "whsec_bmV3"]).split(" ")).toHaveLength(2);
  });

  test.each([
    [0, { authentic: true, secretIndex: 1 }],
    [300, { authentic: true, secretIndex: 1 }],
    [-300, { authentic: true, secretIndex: 1 }],
    [301, { authentic: false, reason: "too-old" }],
    [-301, { authentic: false, reason: "too-old" }],
  ])("%d s later", (seconds, expected) => {
    const later = new Date((timestamp + seconds) * 1000);
    const secrets = ["whsec_b2xkLXNlY3JldA==", secret];
    expect(verdictOf(headersWith(`v1,${right}`), body, secrets, later)).toEqual(expected);
  });

  test.each(["webhook-id", "webhook-timestamp", "webhook-signature"])("without %s", (name) => {
    const headers = { ...headersWith(`v1,${right}`), [name]: undefined };
    expect(verdictOf(headers, body, [secret], now)).toEqual({
      authentic: false,
      reason: "no-signature",
    });
  });

  test.each(["", "whsec_", "whsec_not base64", "whpk_", "whpk_c2hvcnQ=", "whsk_c2hvcnQ="])(
    "the secret %j is none",
    (none) => {
      expect(verdictOf(headersWith(`v1,${right}`), body, [none], now)).toEqual({
        authentic: false,
        reason: "no-secret",
      });
    },
  );

  test("headers of another name are found where the settings say", () => {
    const headers = {
      "svix-id": id,
      "svix-timestamp": String(timestamp),
      "svix-signature": `v1,${right}`,
    };
    const chosen = standardWebhooks.settings.parse({ headerPrefix: "Svix-" });
    expect(verdictOf(headers, body, [secret], now, chosen).authentic).toBe(true);
    expect(verdictOf(headers, body, [secret], now).authentic).toBe(false);
  });
});

function isTakenByLibrary(secret: string, body: string, headers: Record<string, string>): boolean {
  try {
    new Webhook(secret).verify(body, headers, { jsonParse: false });
    return true;
  } catch {
    return false;
  }
}

describe("the reference library", () => {
  const key = fc
    .uint8Array({ minLength: 24, maxLength: 64 })
    .map((bytes) => Buffer.from(bytes).toString("base64"));
  const secret = fc.tuple(fc.constantFrom("whsec_", ""), key).map((parts) => parts.join(""));
  const message = fc.record({
    id: fc.stringMatching(/^msg_\w{1,40}$/),
    body: fc.json(),
    secret,
    other: secret,
    skew: fc.integer({ min: -200, max: 200 }),
  });

  test("proves what we sign", () => {
    const agrees = fc.property(message, ({ body, secret, other, skew }) => {
      const now = new Date(Date.now() + skew * 1000);
      const request = standardWebhooks.sign(Buffer.from(body), {
        secrets: [secret],
        settings,
        now,
      });
      expect(isTakenByLibrary(secret, body, request.headers)).toBe(true);
      expect(isTakenByLibrary(other, body, request.headers)).toBe(other === secret);
    });
    fc.assert(agrees, { numRuns: 100 });
  });

  test("is proved by us", () => {
    const agrees = fc.property(message, ({ id, body, secret, other, skew }) => {
      const at = new Date(Date.now() + skew * 1000);
      const headers = {
        "webhook-id": id,
        "webhook-timestamp": String(Math.floor(at.getTime() / 1000)),
        "webhook-signature": new Webhook(secret).sign(id, at, body),
      };
      const verdict = (known: string[], text = body) =>
        verdictOf(headers, text, known, new Date()).authentic;
      expect(verdict([secret])).toBe(true);
      expect(verdict([other, secret])).toBe(true);
      expect(verdict([other])).toBe(other === secret);
      expect(verdict([secret], `${body} `)).toBe(false);
    });
    fc.assert(agrees, { numRuns: 100 });
  });

  test.each([[-301], [301]])("refuses with us what is signed %d s from now", (skew) => {
    const now = new Date();
    const at = new Date(now.getTime() + skew * 1000);
    const request = standardWebhooks.sign(Buffer.from("{}"), {
      secrets: [vector.secret],
      settings,
      now: at,
    });
    expect(() => new Webhook(vector.secret).verify("{}", request.headers)).toThrow("timestamp");
    expect(verdictOf(request.headers, "{}", [vector.secret], now)).toEqual({
      authentic: false,
      reason: "too-old",
    });
  });
});

describe("ed25519", () => {
  const pair = generateKeyPairSync("ed25519");
  const open = pair.publicKey.export({ format: "der", type: "spki" }).subarray(-32);
  const seed = pair.privateKey.export({ format: "der", type: "pkcs8" }).subarray(-32);
  const publicKey = `whpk_${open.toString("base64")}`;
  const now = new Date("2026-12-01T12:00:00Z");

  test.each([
    ["32 bytes", `whsk_${seed.toString("base64")}`],
    ["64 bytes", `whsk_${Buffer.concat([seed, open]).toString("base64")}`],
  ])("a private key of %s signs for the public one", (_, privateKey) => {
    const body = '{"test":1}';
    const secrets = [vector.secret, privateKey];
    const { headers } = standardWebhooks.sign(Buffer.from(body), { secrets, settings, now });
    expect(headers["webhook-signature"]).toMatch(/^v1,\S+ v1a,\S{88}$/);
    expect(verdictOf(headers, body, [publicKey], now)).toEqual({ authentic: true, secretIndex: 0 });
    expect(verdictOf(headers, `${body} `, [publicKey], now).authentic).toBe(false);
    const stripped = headers["webhook-signature"]?.split(" ")[1]?.slice(0, -8);
    const partial = { ...headers, "webhook-signature": stripped };
    expect(verdictOf(partial, body, [publicKey], now).authentic).toBe(false);
  });

  test("a public key makes nothing", () => {
    const message = { id: "msg_1", timestamp: 1, body: Buffer.from("{}") };
    expect(signaturesOf(message, [publicKey])).toBe("");
  });
});
