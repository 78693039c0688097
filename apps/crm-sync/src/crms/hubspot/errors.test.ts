import { CredentialError, PermanentError, RetryLater } from "@countersign/store";
import { describe, expect, it } from "vitest";
import { RecordLocked } from "../each-by-itself.ts";
import { UnclearAnswer } from "../unclear-answer.ts";
import { HubspotRefusal, isNotFound, refusedInBatch, translateError } from "./errors.ts";

const refusal = (status: number, body: unknown = null, retryAfter: string | null = null) =>
  new HubspotRefusal(status, body, retryAfter);

describe("later", () => {
  it.each([
    ["what Retry-After says", refusal(429, { policyName: "TEN_SECONDLY_ROLLING" }, "7"), 7],
    ["at least a second", refusal(429, {}, "0"), 1],
    ["ten seconds without Retry-After", refusal(429, { policyName: "SECONDLY" }), 10],
    ["not sooner for a Retry-After that is none", refusal(429, {}, "soon"), 10],
    ["long when the day's quota is used up", refusal(429, { policyName: "DAILY" }, "1"), 900],
    ["shortly while the deal is locked", refusal(423), 5],
    ["as told while the account moves", refusal(477, {}, "60"), 60],
  ])("%s", (_, error, seconds) => {
    const translated = translateError(error);
    expect(translated).toBeInstanceOf(RetryLater);
    expect(translated).toMatchObject({ seconds });
  });
});

describe("credentials", () => {
  it.each([
    [401, "EXPIRED_AUTHENTICATION", "HUBSPOT_ACCESS_TOKEN"],
    [403, "MISSING_SCOPES", "crm.objects.deals.write"],
  ])("%i %s", (status, category, advice) => {
    const translated = translateError(refusal(status, { category, message: "no" }));
    expect(translated).toBeInstanceOf(CredentialError);
    expect(translated).toMatchObject({ code: category, message: expect.stringContaining(advice) });
  });
});

describe("permanent", () => {
  const invalid = {
    status: "error",
    category: "VALIDATION_ERROR",
    message: "Property values were not valid",
    correlationId: "c0ffee",
    errors: [
      {
        message: 'Property "contract_status" does not exist',
        code: "PROPERTY_DOESNT_EXIST",
        context: { propertyName: ["contract_status"] },
      },
    ],
  };

  it.each([
    [refusal(400, invalid), "PROPERTY_DOESNT_EXIST", /contract_status.*correlation id c0ffee/],
    [refusal(404, { category: "OBJECT_NOT_FOUND" }), "OBJECT_NOT_FOUND", /404/],
    [refusal(409, { category: "CONFLICT", message: "taken" }), "CONFLICT", /taken/],
    [refusal(415), "http-415", /no message/],
    [refusal(400, { category: 7, errors: "many" }), "http-400", /400/],
  ])("%# %s", (error, code, message) => {
    const translated = translateError(error);
    expect(translated).toBeInstanceOf(PermanentError);
    expect(translated).toMatchObject({ code, message: expect.stringMatching(message) });
  });
});

it.each([
  [refusal(408), Error],
  [refusal(500), UnclearAnswer],
  [refusal(502, "<html>"), Error],
  [refusal(503, "<html>"), UnclearAnswer],
  [new TypeError("fetch failed"), Error],
  ["odd", Error],
])("anything else is tried again: %s", (error, kind) => {
  expect(translateError(error).constructor).toBe(kind);
});

describe("one deal of a batch", () => {
  it.each([
    ["VALIDATION_ERROR", PermanentError],
    ["OBJECT_NOT_FOUND", PermanentError],
    ["CONFLICT", PermanentError],
    ["LOCKED", RecordLocked],
    ["RATE_LIMITS", RetryLater],
    ["MISSING_SCOPES", CredentialError],
    ["EXPIRED_AUTHENTICATION", CredentialError],
    ["SOMETHING_NEW", UnclearAnswer],
    [undefined, UnclearAnswer],
  ])("%s", (category, kind) => {
    const translated = translateError(refusedInBatch({ category }));
    expect(translated.constructor).toBe(kind);
  });
});

it.each([
  [refusal(404), true],
  [refusal(400), false],
  [new Error("404"), false],
])("knows a missing deal: %s", (error, expected) => {
  expect(isNotFound(error)).toBe(expected);
});
