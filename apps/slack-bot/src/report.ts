import type { Log } from "@countersign/service";
import type { Followed, FollowOptions } from "@countersign/store";
import type { SlackMetrics } from "./metrics.ts";

/** Tells log and metrics how each look at a contract ended, so that the two agree. */
export function reportTo(
  log: Log,
  metrics: SlackMetrics,
): Required<Pick<FollowOptions, "onOutcome" | "onPause">> {
  return {
    onOutcome(outcome) {
      metrics.countFollowed(outcome);
      logOutcome(log, outcome);
    },
    onPause(change) {
      metrics.setPaused(change);
      if (!change.paused) log.info("slack takes our credentials again");
      else {
        const { code, message } = change;
        log.error({ code, advice: message }, "slack refuses our credentials, posting is paused");
      }
    },
  };
}

function logOutcome(log: Log, end: Followed): void {
  const { contractId, seconds } = end;
  switch (end.outcome) {
    case "followed":
      log.info({ contractId, seconds }, "contract is shown in slack");
      return;
    case "current":
      log.debug({ contractId, seconds }, "contract was shown already");
      return;
    case "later":
      log.info({ contractId, seconds, inSeconds: end.inSeconds }, "contract is to be shown later");
      return;
    case "permanent": {
      const { code, message } = end.error;
      log.error(
        { contractId, seconds, code, advice: message },
        "contract cannot be shown in slack",
      );
      return;
    }
    case "failed":
      log.warn(
        { contractId, seconds, error: end.error },
        "contract could not be shown, trying again",
      );
  }
}
