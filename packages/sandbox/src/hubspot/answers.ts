import { randomUUID } from "node:crypto";
import type { Answer, AnsweringFault } from "../crm-calls.ts";
import type { Call, RecordFault } from "../crm-fake.ts";
import type { DailyCalls } from "../daily-calls.ts";

export type PropertyProblem = { property: string; code: string; message: string };

/** Why a deal was not written. */
export type Refusal =
  | { category: "VALIDATION_ERROR"; problems: PropertyProblem[] }
  | { category: "OBJECT_NOT_FOUND"; id: string }
  | { category: "CONFLICT"; message: string }
  | { category: "LOCKED"; message: string };

const statusOf = { VALIDATION_ERROR: 400, OBJECT_NOT_FOUND: 404, CONFLICT: 409, LOCKED: 423 };

type ErrorBody = {
  category: string;
  message: string;
  context?: Record<string, string[]>;
  errors?: { message: string; code: string; context: Record<string, string[]> }[];
};

/** HubSpot's error shape (specs/hubspot, Deals_ModelError). */
export function errorAnswer(status: number, body: ErrorBody): Answer {
  return { status, body: { status: "error", ...body, correlationId: randomUUID() } };
}

export function invalid(message: string): Answer {
  return errorAnswer(400, { category: "VALIDATION_ERROR", message });
}

export function refused(refusal: Refusal): Answer {
  return errorAnswer(statusOf[refusal.category], explain(refusal));
}

/** The same refusal inside a 207 answer (specs/hubspot, Deals_StandardError). */
export function refusedInBatch(refusal: Refusal, traceId: string) {
  const { context, errors, ...body } = explain(refusal);
  return {
    status: "error",
    ...body,
    context: { ...context, objectWriteTraceId: [traceId] },
    errors: errors ?? [],
    links: {},
  };
}

/** One error for all that a batch read did not find. */
export function missingInBatch(ids: string[]) {
  return {
    status: "error",
    category: "OBJECT_NOT_FOUND",
    message:
      "Could not get some DEAL objects, they may be deleted or not exist. Check that ids are valid.",
    context: { ids },
    errors: [],
    links: {},
  };
}

function explain(refusal: Refusal): ErrorBody {
  switch (refusal.category) {
    case "OBJECT_NOT_FOUND":
      return {
        category: refusal.category,
        message: "resource not found",
        context: { id: [refusal.id] },
      };
    case "CONFLICT":
    case "LOCKED":
      return { category: refusal.category, message: refusal.message };
    case "VALIDATION_ERROR":
      return {
        category: refusal.category,
        message: `Property values were not valid: ${JSON.stringify(
          refusal.problems.map(({ property, code, message }) => ({
            isValid: false,
            message,
            error: code,
            name: property,
            localizedErrorMessage: message,
          })),
        )}`,
        errors: refusal.problems.map(({ property, code, message }) => ({
          message,
          code,
          context: { propertyName: [property] },
        })),
      };
  }
}

export const unauthenticated = (): Answer =>
  errorAnswer(401, {
    category: "INVALID_AUTHENTICATION",
    message: "Authentication credentials not found. Send a valid token as a bearer token.",
  });

/** Which scope the app was not given (developers.hubspot.com, "Scopes"). */
export function missingScope(scope: string): Answer {
  return errorAnswer(403, {
    category: "MISSING_SCOPES",
    message: "This app hasn't been granted all required scopes to make this call.",
    errors: [
      {
        message: "One or more of the following scopes are required.",
        code: "MISSING_SCOPES",
        context: { requiredGranularScopes: [scope] },
      },
    ],
  });
}

export function faultAnswer(fault: AnsweringFault): Answer {
  switch (fault.kind) {
    case "unauthorized":
      return errorAnswer(401, {
        category: "EXPIRED_AUTHENTICATION",
        message: "The token used to make this call is expired.",
      });
    case "server-error":
      return errorAnswer(500, { category: "INTERNAL_ERROR", message: "internal error" });
    case "rate-limited":
      return {
        status: 429,
        headers: { "Retry-After": String(fault.retryAfterSeconds ?? 1) },
        body: {
          status: "error",
          message: "You have reached your ten_secondly_rolling limit.",
          errorType: "RATE_LIMIT",
          category: "RATE_LIMITS",
          policyName: "TEN_SECONDLY_ROLLING",
          correlationId: randomUUID(),
        },
      };
  }
}

/** How HubSpot puts it that one deal cannot be written. */
export const recordFaults: Record<NonNullable<RecordFault>, Refusal> = {
  locked: { category: "LOCKED", message: "The deal is locked by another write." },
  refused: {
    category: "VALIDATION_ERROR",
    problems: [
      {
        property: "closed_won_reason",
        code: "REQUIRED_FIELD",
        message: "closed_won_reason is required for this deal.",
      },
    ],
  },
};

/** Over the limit of the day (developers.hubspot.com, usage guidelines). */
export const dailyLimitReached = (): Answer => ({
  status: 429,
  body: {
    status: "error",
    message: "You have reached your daily limit.",
    errorType: "RATE_LIMIT",
    category: "RATE_LIMITS",
    policyName: "DAILY",
    correlationId: randomUUID(),
  },
});

const perTenSeconds = 190;
export const callsPerDay = 625_000;

/** HubSpot's limits for Professional accounts (developers.hubspot.com, usage guidelines). Those of ten seconds are counted, not enforced. */
export function limitHeaders(
  calls: readonly Call[],
  day: DailyCalls,
  now: Date,
): Record<string, string> {
  const since = new Date(now.getTime() - 10_000).toISOString();
  const recent = calls.filter(({ at }) => at > since).length;
  return {
    "X-HubSpot-RateLimit-Max": String(perTenSeconds),
    "X-HubSpot-RateLimit-Remaining": String(Math.max(0, perTenSeconds - recent)),
    "X-HubSpot-RateLimit-Interval-Milliseconds": "10000",
    "X-HubSpot-RateLimit-Daily": String(day.limit),
    "X-HubSpot-RateLimit-Daily-Remaining": String(day.left()),
  };
}
