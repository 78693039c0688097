import { CredentialError, PermanentError, RetryLater } from "@countersign/store";
import { NotSent } from "./not-sent.ts";

/** `ok`, or which of the failures that the store knows; `failed` is any other. */
export type CallResult = "ok" | "later" | "credential" | "permanent" | "failed";

export type CallTools = {
  /** Hears how each call to a CRM ended. */
  onCall: (crm: string, operation: string, result: CallResult) => void;
  /** A call that takes longer is given up; whether it took effect is then unknown. Milliseconds. */
  timeout: number;
  /** Throws where no call may be made now. */
  guard?: () => void;
};

/** A CRM's own automation may run for each of the deals that one call writes. Milliseconds. */
export const callTimeout = 30_000;

/**
 * A write is sent so soon after it was claimed, or not at all. Long enough for a backlog's calls to wait for each
 * other, short enough for whoever has to know that it is over. Milliseconds.
 */
export const writtenWithin = 15_000;

/** A large file may take so long. Milliseconds. */
export const uploadTimeout = 600_000;

export type Calls = <Result>(operation: string, call: () => Promise<Result>) => Promise<Result>;

/** Limits each call's time, turns its errors into ours by `translate`, and counts it. */
export function createCalls(
  crm: string,
  { onCall, timeout, guard }: CallTools,
  translate: (error: unknown) => Error,
): Calls {
  return async (operation, call) => {
    guard?.();
    try {
      const result = await within(timeout, call);
      onCall(crm, operation, "ok");
      return result;
    } catch (thrown) {
      const error = thrown instanceof NotSent ? thrown : translate(thrown);
      onCall(crm, operation, resultOf(error));
      throw error;
    }
  };
}

function resultOf(error: Error): CallResult {
  if (error instanceof RetryLater) return "later";
  if (error instanceof CredentialError) return "credential";
  return error instanceof PermanentError ? "permanent" : "failed";
}

async function within<Result>(milliseconds: number, call: () => Promise<Result>): Promise<Result> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const giveUp = () => reject(new Error(`No answer within ${milliseconds} ms.`));
  const timer = setTimeout(giveUp, milliseconds);
  try {
    return await Promise.race([call(), late]);
  } finally {
    clearTimeout(timer);
  }
}
