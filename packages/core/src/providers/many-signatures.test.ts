import { expect, test } from "vitest";
import { requestOf } from "../testing/reading.ts";
import { workOf } from "../testing/work-of.ts";
import { docuseal } from "./docuseal/index.ts";
import { standardWebhooks } from "./standard-webhooks/index.ts";

const now = new Date("2026-05-04T09:00:00Z");
const seconds = String(now.getTime() / 1_000);
const hex = "0123456789abcdef".repeat(4);
const base64 = `${"A".repeat(43)}=`;
const long = `${"A".repeat(86)}==`;
const privateKey = `whsk_${Buffer.alloc(32, 7).toString("base64")}`;

/** As much as a header may hold, none of it right. A pass over this body takes milliseconds. */
const body = Buffer.alloc(5 * 1_048_576, "x");
const filled = (value: string, separator: string) =>
  Array.from({ length: Math.floor(16_000 / (value.length + 1)) }, () => value).join(separator);

/** Hashed once for each of these signatures, the body takes 1 to 20 s, in which the receiver answers nobody. */
const soonMs = 700;
const refused = { authentic: false, reason: "bad-signature" };

test.each([
  ["v1,a", "secret"],
  [`v1,${base64}`, "secret"],
  ["v1a,a", privateKey],
  [`v1a,${long}`, privateKey],
])("standard-webhooks: a header full of %s is refused soon", (signature, secret) => {
  const request = requestOf(body, {
    "webhook-id": "m",
    "webhook-timestamp": seconds,
    "webhook-signature": filled(signature, " "),
  });
  const settings = standardWebhooks.settings.parse({});
  const refuse = () =>
    expect(standardWebhooks.verify(request, { secrets: [secret], settings, now })).toEqual(refused);
  expect(workOf(refuse)).toBeLessThan(soonMs);
});

test.each(["1.", `${seconds}.`, `${seconds}.${hex}`, `1.${hex}`])(
  "docuseal: a header full of %s is refused soon",
  (value) => {
    const request = requestOf(body, { "x-docuseal-signature": filled(value, ",") });
    const settings = docuseal.settings.parse({});
    const refuse = () =>
      expect(docuseal.verify(request, { secrets: ["secret"], settings, now })).toEqual(refused);
    expect(workOf(refuse)).toBeLessThan(soonMs);
  },
);
