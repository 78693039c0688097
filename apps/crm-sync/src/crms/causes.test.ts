import { CredentialError, PermanentError } from "@countersign/store";
import { describe, expect, it } from "vitest";
import { findCause, type ErrorClass } from "./cause.ts";
import { causes as hubspotCauses } from "./hubspot/causes.ts";
import { HubspotRefusal, translateError } from "./hubspot/errors.ts";
import { causes as salesforceCauses } from "./salesforce/causes.ts";
import {
  SignInRefused,
  translateError as translateSignIn,
  translateRefusals,
} from "./salesforce/errors.ts";

/** What an error makes the queue do, as a class of causes. */
function actedAs(error: Error): "passes" | "credential" | "permanent" {
  if (error instanceof CredentialError) return "credential";
  return error instanceof PermanentError ? "permanent" : "passes";
}

const expected: Record<ErrorClass, ReturnType<typeof actedAs>> = {
  transient: "passes",
  credential: "credential",
  "permanent-data": "permanent",
  "permanent-target": "permanent",
};

/** With which status HubSpot says a category. */
const statuses: Record<string, number> = {
  RATE_LIMITS: 429,
  RATE_LIMIT: 429,
  LOCKED: 423,
  INTERNAL_ERROR: 500,
  SERVICE_UNAVAILABLE: 503,
  INVALID_AUTHENTICATION: 401,
  EXPIRED_AUTHENTICATION: 401,
  unauthorized: 401,
  MISSING_SCOPES: 403,
  forbidden: 403,
  OBJECT_NOT_FOUND: 404,
  CONFLICT: 409,
};

describe("HubSpot", () => {
  it.each(Object.entries(hubspotCauses))("%s is acted upon as its class says", (code, cause) => {
    const status = Number(/^http-(\d+)$/.exec(code)?.[1] ?? statuses[code] ?? 400);
    const body = code.startsWith("http-") ? {} : { category: code, errors: [{ code }] };
    const error = translateError(new HubspotRefusal(status, body, null));
    expect(actedAs(error)).toBe(expected[cause.class]);
    expect(error instanceof PermanentError ? error.code : code).toBe(code);
  });
});

describe("Salesforce", () => {
  it.each(Object.entries(salesforceCauses))("%s is acted upon as its class says", (code, cause) => {
    const error = /^[a-z_]+$/.test(code)
      ? translateSignIn(new SignInRefused(code, "no"))
      : translateRefusals([{ errorCode: code, message: "no", fields: [] }]);
    expect(actedAs(error)).toBe(expected[cause.class]);
  });

  it.each(["CANNOT_EXECUTE_FLOW_TRIGGER", "CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY"])(
    "%s passes where the flow met a lock",
    (errorCode) => {
      const message = "UNABLE_TO_LOCK_ROW, unable to obtain exclusive access";
      expect(actedAs(translateRefusals([{ errorCode, message, fields: [] }]))).toBe("passes");
    },
  );
});

it("codes of ours, and codes that nobody listed, have a cause too", () => {
  expect(findCause("deal-not-found", hubspotCauses).class).toBe("permanent-target");
  expect(findCause("unknown-stage", salesforceCauses).class).toBe("permanent-data");
  expect(findCause("SOMETHING_NEW", salesforceCauses)).toMatchObject({ class: "permanent-data" });
});
