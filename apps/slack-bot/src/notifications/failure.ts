import { CredentialError, PermanentError, RetryLater } from "@countersign/store";
import type { Verdict } from "../slack/errors.ts";

/** What to throw for a failed call, so that `follow` treats it as Slack meant it. */
export function asFollowExpects(verdict: Verdict, cause: unknown): unknown {
  switch (verdict.kind) {
    case "later":
      return new RetryLater(verdict.seconds, { cause });
    case "credentials":
      return new CredentialError(verdict.code, verdict.message, { cause });
    case "permanent":
      return new PermanentError(verdict.code, verdict.message, { cause });
    case "gone":
    case "not-done":
    case "in-doubt":
      return cause;
  }
}
