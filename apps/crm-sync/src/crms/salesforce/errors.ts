import { CredentialError, PermanentError, RetryLater } from "@countersign/store";
import type { z } from "zod";
import { gatewayGaveUp, UnclearAnswer } from "../unclear-answer.ts";
import { ApiError, ErrorList } from "./schema.ts";

/** The token endpoint gave no token; `code` is OAuth's, such as `invalid_grant`. */
export class SignInRefused extends Error {
  override name = "SignInRefused";
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

/** There is no Retry-After. A day's allocation comes back hour by hour; the other limits within seconds. */
const dailyLimitSeconds = 900;
const busySeconds = 10;
const lockSeconds = 5;

/** Groups of developer.salesforce.com, "Status Codes and Error Responses" and the WSDL's StatusCode list. */
const locked = ["UNABLE_TO_LOCK_ROW"];
const busy = ["REQUEST_RUNNING_TOO_LONG", "QUERY_TIMEOUT", "TXN_SECURITY_METERING_ERROR"];
const unavailable = ["SERVER_UNAVAILABLE", "UNKNOWN_EXCEPTION"];
const session = ["INVALID_SESSION_ID", "INVALID_AUTH_HEADER", "API_DISABLED_FOR_ORG"];

/** A field of countersign.yaml is wrong, or not granted, whichever the Opportunity. */
export const wrongField = ["INVALID_FIELD", "INVALID_FIELD_FOR_INSERT_UPDATE"];
/** The user may see no Opportunities, or edit none: of one alone, sharing may be the reason. */
export const unfit = [
  ...wrongField,
  "INVALID_TYPE",
  "INSUFFICIENT_ACCESS_OR_READONLY",
  "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST",
];

type Refusal = z.infer<typeof ErrorList>[number];

/** What an error of a Salesforce call, or of the sign-in before it, means for the contract. */
export function translateError(error: unknown): Error {
  if (error instanceof CredentialError) return error;
  if (error instanceof SignInRefused) {
    return new CredentialError(
      error.code,
      `Salesforce refuses to sign in: ${error.code}: ${error.message}. Check SALESFORCE_LOGIN_URL, SALESFORCE_CLIENT_ID and the secret or key.`,
    );
  }
  return translateRefusals(refusalsOf(error), error);
}

/** The same of the errors of one record in a collection. */
export function translateRefusals(refusals: Refusal[], cause?: unknown): Error {
  const [first] = refusals;
  if (first === undefined) {
    return new Error("Salesforce could not be reached, or its answer could not be read.", {
      cause,
    });
  }
  const said = `Salesforce says ${refusals.map(quote).join("; ")}`;
  if (has(refusals, session)) return new CredentialError(first.errorCode, said);
  if (first.errorCode === "REQUEST_LIMIT_EXCEEDED")
    return new RetryLater(limitSeconds(first.message));
  if (isLocked(refusals)) return new RetryLater(lockSeconds);
  if (has(refusals, busy)) return new RetryLater(busySeconds);
  const [, status] = /^ERROR_HTTP_(408|420|429|5\d\d)$/.exec(first.errorCode) ?? [];
  if (gatewayGaveUp.has(Number(status))) return new Error(said);
  if (has(refusals, unavailable) || status !== undefined) return new UnclearAnswer(said);
  return new PermanentError(first.errorCode, `Salesforce refused. ${said}`);
}

/** There is no such thing, or none that the user may see. */
export function isNotFound(error: unknown): boolean {
  return has(refusalsOf(error), ["NOT_FOUND", "ERROR_HTTP_404"]);
}

export function isSessionExpired(error: unknown): boolean {
  return has(refusalsOf(error), ["INVALID_SESSION_ID", "ERROR_HTTP_401"]);
}

/** The record is not as it was read (HTTP 412, to If-Unmodified-Since). */
export function isChangedMeanwhile(error: unknown): boolean {
  return has(refusalsOf(error), ["PRECONDITION_FAILED", "ERROR_HTTP_412"]);
}

function refusalsOf(error: unknown): Refusal[] {
  const one = ApiError.safeParse(error);
  if (!one.success) return [];
  const several = ErrorList.safeParse(one.data.data);
  if (several.success && several.data.length > 0) return several.data;
  const single = ErrorList.element.safeParse(one.data.data);
  if (single.success) return [single.data];
  const { errorCode, message } = one.data;
  const text = errorCode.startsWith("ERROR_HTTP_") ? "an answer without an error code" : message;
  return [{ errorCode, message: text, fields: [] }];
}

function has(refusals: Refusal[], codes: string[]): boolean {
  return refusals.some(({ errorCode }) => codes.includes(errorCode));
}

/** A trigger or flow that met the lock passes it on inside its own error's message. */
function isLocked(refusals: Refusal[]): boolean {
  return (
    has(refusals, locked) || refusals.some(({ message }) => message.includes("UNABLE_TO_LOCK_ROW"))
  );
}

/** The same code stands for too many calls at once and for the day's allocation. */
function limitSeconds(message: string): number {
  return /TotalRequests|daily|24.?hour/i.test(message) ? dailyLimitSeconds : busySeconds;
}

function quote({ errorCode, message, fields }: Refusal): string {
  const where = fields.length > 0 ? ` (${fields.join(", ")})` : "";
  return `${errorCode}: ${message}${where}`;
}
