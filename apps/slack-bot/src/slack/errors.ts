import { RetryLater } from "@countersign/store";
import {
  WebAPIHTTPError,
  WebAPIPlatformError,
  WebAPIRateLimitedError,
  WebAPIRequestError,
} from "@slack/web-api";
import { advice, codes, type Treatment } from "./error-codes.ts";

/** What a failed call to Slack means for whoever made it. */
export type Verdict =
  /** Certainly not done; Slack said, or lets us guess, when to come back. */
  | { kind: "later"; seconds: number }
  /** Certainly not done; try again with growing delays. */
  | { kind: "not-done" }
  /** It may have been done: ask before trying again. */
  | { kind: "in-doubt" }
  /** The message to edit is gone, or can no longer be edited: post anew. */
  | { kind: "gone"; code: string; message: string }
  | { kind: "permanent"; code: string; message: string }
  | { kind: "credentials"; code: string; message: string };

/**
 * What WebClient threw, unless that is an answer which is none of Slack's: it takes the whole body for a
 * code where that is not JSON (a proxy's page, say). Whether the call was done is unknown then.
 */
export function readable(error: unknown): unknown {
  if (!(error instanceof WebAPIPlatformError)) return error;
  const code: unknown = error.data.error;
  if (typeof code === "string" && /^[a-z]\w{0,99}$/i.test(code)) return error;
  const beginning = JSON.stringify(typeof code === "string" ? code.slice(0, 80) : "");
  return new Error(
    `The answer to a call is not one of Slack's; it begins with ${beginning}. Check what stands between this host and Slack.`,
  );
}

/** Judges what the WebClient threw (retries off). Codes and their treatment stand in `error-codes.ts`. */
export function judge(error: unknown): Verdict {
  // A call that was held back before it went out: its workspace takes none for now.
  if (error instanceof RetryLater) return { kind: "later", seconds: error.seconds };
  if (error instanceof WebAPIRateLimitedError) {
    return { kind: "later", seconds: Math.max(1, error.retryAfter) };
  }
  if (error instanceof WebAPIPlatformError) return judgeCode(error.data.error);
  if (error instanceof WebAPIHTTPError) {
    return { kind: error.statusCode >= 500 ? "in-doubt" : "not-done" };
  }
  if (error instanceof WebAPIRequestError) {
    return { kind: wasNeverSent(error.original) ? "not-done" : "in-doubt" };
  }
  return { kind: "in-doubt" };
}

/** Whether the code says that a channel or person can no longer be posted to, whatever is posted. */
export function isAboutTarget(code: string): boolean {
  return codes.get(code) === "target";
}

/** A code that Slack has added since is a plain refusal: nothing was done, and repeating it will not help. */
export function judgeCode(code: string): Verdict {
  const treatment = codes.get(code) ?? "refused";
  if (treatment === "in-doubt") return { kind: "in-doubt" };
  if (typeof treatment === "object") return { kind: "later", seconds: treatment.laterSeconds };
  return { kind: kinds[treatment], code, message: `Slack refused (${code}). ${advice[treatment]}` };
}

type Refusal = Exclude<Treatment, "in-doubt" | object>;

const kinds: Record<Refusal, "gone" | "permanent" | "credentials"> = {
  gone: "gone",
  credentials: "credentials",
  target: "permanent",
  policy: "permanent",
  "our-bug": "permanent",
  refused: "permanent",
};

/** The connection was never made, so nothing went out (codes of Node's sockets and of undici). */
function wasNeverSent({ cause }: Error): boolean {
  if (!(cause instanceof Error) || !("code" in cause)) return false;
  const unsent = ["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "EHOSTUNREACH", "ENETUNREACH"];
  return [...unsent, "UND_ERR_CONNECT_TIMEOUT"].includes(String(cause.code));
}
