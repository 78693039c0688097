import type { z } from "zod";
import type { Answer, AnsweringFault } from "../crm-calls.ts";
import type { Call, RecordFault } from "../crm-fake.ts";
import type { DailyCalls } from "../daily-calls.ts";

/** One of Salesforce's error codes with its words. `fields` are those at fault. */
export type Refusal = { status: number; errorCode: string; message: string; fields?: string[] };

/** The status codes of single-record calls (developer.salesforce.com, REST API status codes). */
export function refusal(
  status: number,
  errorCode: string,
  message: string,
  fields?: string[],
): Refusal {
  return { status, errorCode, message, ...(fields && { fields }) };
}

/** Salesforce's error shape: always an array. */
export function refused({ status, ...error }: Refusal): Answer {
  return { status, body: [error] };
}

/** The same error as one record's outcome in a collection. */
export function refusedInCollection({ errorCode, message, fields = [] }: Refusal, id?: string) {
  return {
    ...(id !== undefined && { id }),
    success: false,
    errors: [{ statusCode: errorCode, message, fields }],
  };
}

export function isRefusal(value: object): value is Refusal {
  return "errorCode" in value;
}

export const sessionInvalid = (): Answer =>
  refused(refusal(401, "INVALID_SESSION_ID", "Session expired or invalid"));

export const noResource = (): Refusal =>
  refusal(404, "NOT_FOUND", "The requested resource does not exist");

/** Salesforce does not answer 429: over the limit it says 403 and sends no Retry-After. */
export function faultAnswer(fault: AnsweringFault): Answer {
  switch (fault.kind) {
    case "unauthorized":
      return sessionInvalid();
    case "server-error":
      return refused(refusal(500, "UNKNOWN_EXCEPTION", "An unexpected error occurred."));
    case "rate-limited":
      return refused(
        refusal(403, "REQUEST_LIMIT_EXCEEDED", "ConcurrentPerOrgLongTxn Limit exceeded."),
      );
  }
}

/** How Salesforce puts it that one record cannot be written. */
export const recordFaults: Record<NonNullable<RecordFault>, Refusal> = {
  locked: refusal(
    400,
    "UNABLE_TO_LOCK_ROW",
    "unable to obtain exclusive access to this record or 1 records",
  ),
  refused: refusal(
    400,
    "FIELD_CUSTOM_VALIDATION_EXCEPTION",
    "An opportunity needs a reason before its contract status changes.",
  ),
};

export const callsPerDay = 15_000;

/** Signing in is not counted. */
export function countedCalls(calls: readonly Call[]): number {
  return calls.filter(({ kind }) => kind !== "sign-in").length;
}

export const dailyLimitReached = (): Answer =>
  refused(refusal(403, "REQUEST_LIMIT_EXCEEDED", "TotalRequests Limit exceeded."));

/** Goes with every REST answer (developer.salesforce.com, Limit Info header). */
export function limitHeaders({ limit, left }: DailyCalls): Record<string, string> {
  return { "Sforce-Limit-Info": `api-usage=${limit - left()}/${limit}` };
}

/** A record that was made. */
export function created(id: string): Answer {
  return { status: 201, body: { id, success: true, errors: [], warnings: [], infos: [] } };
}

/** An id of the kind that the prefix stands for. */
export function numberedId(prefix: string, number: number): string {
  return `${prefix}${String(number).padStart(12, "0")}AAA`;
}

export function malformed(error: z.ZodError): Refusal {
  const [issue] = error.issues;
  return refusal(400, "JSON_PARSER_ERROR", `${issue?.path.join(".")}: ${issue?.message}`);
}
