import type { Log } from "@countersign/service";
import type { BotTokenPorts } from "./bot-tokens.ts";
import type { WorkspaceChange } from "./pauses.ts";

/** Tells the log what becomes of workspaces and their tokens: one alert for each trouble. */
export function reportWorkspaces(
  log: Log,
): Pick<BotTokenPorts, "onRefreshRefused"> & { onChange(change: WorkspaceChange): void } {
  return {
    onChange(change) {
      const { workspace } = change;
      if (!change.paused) log.info({ workspace }, "slack workspace takes our token again");
      else {
        const { code, advice } = change;
        log.error({ workspace, code, advice }, "slack workspace refuses our token, it is paused");
      }
    },
    onRefreshRefused({ workspace, code, endsAt }) {
      const advice =
        "The app stops working in this workspace at that time. Install it there again, at /slack/install.";
      log.error({ workspace, code, endsAt, advice }, "slack gives no next token");
    },
  };
}
