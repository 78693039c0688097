import { CredentialError, PermanentError, RetryLater } from "@countersign/store";
import { describe, expect, it } from "vitest";
import { UnclearAnswer } from "../unclear-answer.ts";
import {
  isChangedMeanwhile,
  isSessionExpired,
  SignInRefused,
  translateError,
  translateRefusals,
} from "./errors.ts";

/** As jsforce throws it for an answer with one error. */
function apiError(errorCode: string, message = "words", fields?: string[]) {
  const data = { errorCode, message, ...(fields && { fields }) };
  return Object.assign(new Error(message), { errorCode, data });
}

const several = Object.assign(new Error("Multiple errors returned."), {
  errorCode: "MULTIPLE_API_ERRORS",
  data: [
    { errorCode: "REQUIRED_FIELD_MISSING", message: "Amount is missing", fields: ["Amount"] },
    { errorCode: "STRING_TOO_LONG", message: "too long", fields: ["Contract_URL__c"] },
  ],
});

const flowMetALock =
  "We can't save this record because a process failed: UNABLE_TO_LOCK_ROW: unable to obtain exclusive access";

describe("later", () => {
  it.each([
    [apiError("UNABLE_TO_LOCK_ROW"), 5],
    [apiError("CANNOT_EXECUTE_FLOW_TRIGGER", flowMetALock), 5],
    [apiError("REQUEST_LIMIT_EXCEEDED", "ConcurrentPerOrgLongTxn Limit exceeded."), 10],
    [apiError("REQUEST_LIMIT_EXCEEDED", "TotalRequests Limit exceeded."), 900],
    [apiError("REQUEST_RUNNING_TOO_LONG"), 10],
    [apiError("QUERY_TIMEOUT"), 10],
  ])("%s", (error, seconds) => {
    const translated = translateError(error);
    expect(translated).toBeInstanceOf(RetryLater);
    expect(translated).toMatchObject({ seconds });
  });
});

describe("credentials", () => {
  it.each([
    [new SignInRefused("invalid_grant", "user hasn't approved this consumer"), "invalid_grant"],
    [new CredentialError("invalid_client", "already translated"), "invalid_client"],
    [apiError("INVALID_SESSION_ID"), "INVALID_SESSION_ID"],
    [apiError("API_DISABLED_FOR_ORG"), "API_DISABLED_FOR_ORG"],
  ])("%s", (error, code) => {
    const translated = translateError(error);
    expect(translated).toBeInstanceOf(CredentialError);
    expect(translated).toMatchObject({ code });
  });
});

describe("permanent", () => {
  it.each([
    [apiError("FIELD_CUSTOM_VALIDATION_EXCEPTION", "Set the reason first"), /Set the reason first/],
    [apiError("INVALID_FIELD", "No such column", ["Contract_Status__c"]), /\(Contract_Status__c\)/],
    [apiError("INSUFFICIENT_ACCESS_OR_READONLY"), /Salesforce refused/],
    [several, /Amount is missing.*too long/],
  ])("%s", (error, message) => {
    const translated = translateError(error);
    expect(translated).toBeInstanceOf(PermanentError);
    expect(translated.message).toMatch(message);
  });

  it("carries the first of several codes", () => {
    expect(translateError(several)).toMatchObject({ code: "REQUIRED_FIELD_MISSING" });
  });
});

it.each([
  [apiError("SERVER_UNAVAILABLE"), UnclearAnswer],
  [apiError("ERROR_HTTP_500", "<html>"), UnclearAnswer],
  [apiError("ERROR_HTTP_502", "<html>"), Error],
  [new TypeError("fetch failed"), Error],
  ["odd", Error],
])("anything else is tried again: %s", (error, kind) => {
  expect(translateError(error).constructor).toBe(kind);
});

describe("one record of a collection", () => {
  it.each([
    ["UNABLE_TO_LOCK_ROW", RetryLater],
    ["REQUEST_LIMIT_EXCEEDED", RetryLater],
    ["INVALID_SESSION_ID", CredentialError],
    ["STRING_TOO_LONG", PermanentError],
    ["ENTITY_IS_DELETED", PermanentError],
    ["INVALID_CROSS_REFERENCE_KEY", PermanentError],
    ["SERVER_UNAVAILABLE", UnclearAnswer],
  ])("%s", (errorCode, kind) => {
    const translated = translateRefusals([{ errorCode, message: "words", fields: [] }]);
    expect(translated.constructor).toBe(kind);
  });

  it("without an error is tried again", () => {
    expect(translateRefusals([]).constructor).toBe(Error);
  });
});

it.each([
  [isSessionExpired, "INVALID_SESSION_ID"],
  [isSessionExpired, "ERROR_HTTP_401"],
  [isChangedMeanwhile, "PRECONDITION_FAILED"],
  [isChangedMeanwhile, "ERROR_HTTP_412"],
])("%o knows %s", (isSo, code) => {
  expect(isSo(apiError(code))).toBe(true);
  expect(isSo(apiError("STRING_TOO_LONG"))).toBe(false);
});
