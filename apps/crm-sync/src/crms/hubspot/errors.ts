import { CredentialError, PermanentError, RetryLater } from "@countersign/store";
import type { z } from "zod";
import { RecordLocked } from "../each-by-itself.ts";
import { gatewayGaveUp, UnclearAnswer } from "../unclear-answer.ts";
import { ErrorAnswer } from "./schema.ts";

/** HubSpot answered, and not with a success. */
export class HubspotRefusal extends Error {
  override name = "HubspotRefusal";
  readonly status: number;
  readonly body: unknown;
  readonly retryAfter: string | null;

  constructor(status: number, body: unknown, retryAfter: string | null) {
    super(`HubSpot answered ${status}`);
    this.status = status;
    this.body = body;
    this.retryAfter = retryAfter;
  }
}

/** A day's quota is given back at midnight of the account's zone, which we do not know: look every quarter of an hour. */
const dailyLimitSeconds = 900;
const rateLimitSeconds = 10;

/** A property of countersign.yaml is wrong, whichever the deal. */
export const wrongField = ["PROPERTY_DOESNT_EXIST", "READ_ONLY_VALUE"];
/** Scopes that are missing are no refusal of one deal: `translateError` says so at once. */
export const unfit = [...wrongField, "INVALID_OPTION"];
const lockSeconds = 5;

/**
 * What an error of a HubSpot call means for the contract. Statuses and categories:
 * developers.hubspot.com, "Handle errors" and "Usage guidelines and limits".
 */
export function translateError(error: unknown): Error {
  if (!(error instanceof HubspotRefusal)) {
    return new Error("HubSpot could not be reached, or its answer could not be read.", {
      cause: error,
    });
  }
  const said = ErrorAnswer.safeParse(error.body).data ?? { errors: [] };
  const { status } = error;
  switch (status) {
    case 429:
      return new RetryLater(retrySeconds(error.retryAfter, said.policyName));
    case 423:
      return new RecordLocked(secondsOf(error.retryAfter) ?? lockSeconds);
    case 477:
      return new RetryLater(secondsOf(error.retryAfter) ?? lockSeconds);
    case 401:
      return new CredentialError(
        said.category ?? "unauthorized",
        `HubSpot refuses HUBSPOT_ACCESS_TOKEN. Set it to a valid token. ${quote(status, said)}`,
        { cause: error },
      );
    case 403:
      return new CredentialError(
        said.category ?? "forbidden",
        `HubSpot does not allow this with HUBSPOT_ACCESS_TOKEN. Grant ${scopesOf(said).join(" and ")}. ${quote(status, said)}`,
        { cause: error },
      );
  }
  if (gatewayGaveUp.has(status)) return new Error(quote(status, said), { cause: error });
  if (status >= 500) return new UnclearAnswer(quote(status, said), { cause: error });
  return new PermanentError(codeOf(status, said), `HubSpot refused. ${quote(status, said)}`);
}

/** The scopes that the token lacks for a call that was refused for it (`translateError` made the error); null for any other. */
export function missingScopes(error: unknown): string[] | null {
  if (!(error instanceof CredentialError) || !(error.cause instanceof HubspotRefusal)) return null;
  if (error.cause.status !== 403) return null;
  return scopesOf(ErrorAnswer.safeParse(error.cause.body).data ?? { errors: [] });
}

/** Where HubSpot does not say which scopes are missing, it may be either of the two that every contract needs. */
function scopesOf({ errors }: Said): string[] {
  const named = errors.flatMap(({ context = {} }) =>
    Object.entries(context).flatMap(([name, scopes]) => (/scope/i.test(name) ? scopes : [])),
  );
  return named.length > 0 ? named : ["crm.objects.deals.read", "crm.objects.deals.write"];
}

/** Statuses of the calls that are refused as a whole with these categories. */
const statusOfCategory: Record<string, number> = {
  VALIDATION_ERROR: 400,
  OBJECT_NOT_FOUND: 404,
  CONFLICT: 409,
  LOCKED: 423,
  RATE_LIMITS: 429,
  INVALID_AUTHENTICATION: 401,
  EXPIRED_AUTHENTICATION: 401,
  MISSING_SCOPES: 403,
};

/** One deal's error in a batch, as if its call had been refused; a category that is not known is tried again. */
export function refusedInBatch(error: { category?: string | undefined }): HubspotRefusal {
  return new HubspotRefusal(statusOfCategory[error.category ?? ""] ?? 500, error, null);
}

export function isNotFound(error: unknown): boolean {
  return error instanceof HubspotRefusal && error.status === 404;
}

type Said = Partial<z.infer<typeof ErrorAnswer>> & Pick<z.infer<typeof ErrorAnswer>, "errors">;

function retrySeconds(retryAfter: string | null, policyName: string | undefined): number {
  if (policyName === "DAILY") return dailyLimitSeconds;
  return secondsOf(retryAfter) ?? rateLimitSeconds;
}

function secondsOf(retryAfter: string | null): number | null {
  const seconds = Number(retryAfter ?? Number.NaN);
  return Number.isFinite(seconds) && seconds >= 0 ? Math.max(1, Math.ceil(seconds)) : null;
}

function codeOf(status: number, said: Said): string {
  return said.errors[0]?.code ?? said.category ?? `http-${status}`;
}

/** HubSpot's own words, and the id by which its support finds the call. */
function quote(status: number, said: Said): string {
  const details = said.errors.map(({ code, message, context }) =>
    [code, context?.["propertyName"]?.join(", "), message].filter(Boolean).join(": "),
  );
  const what = details.length > 0 ? details.join("; ") : (said.message ?? "no message");
  const id = said.correlationId === undefined ? "" : ` (correlation id ${said.correlationId})`;
  return `HubSpot says ${status} ${said.category ?? ""}: ${what}${id}`.replace(" :", ":");
}
