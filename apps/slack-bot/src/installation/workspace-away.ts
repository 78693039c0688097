import { RetryLater } from "@countersign/store";

/** A workspace that takes no calls for now: its token is refused, or the app is not installed there. Others go on. */
export class WorkspaceAway extends RetryLater {
  override name = "WorkspaceAway";
  readonly workspace: string;
  readonly code: string;
  /** What to do about it. */
  readonly advice: string;

  constructor(
    { workspace, code, advice }: { workspace: string; code: string; advice: string },
    seconds: number,
    options?: ErrorOptions,
  ) {
    super(seconds, options);
    this.workspace = workspace;
    this.code = code;
    this.advice = advice;
  }
}

/** Looked for again after a minute. */
export function notInstalledIn(workspace: string): WorkspaceAway {
  const advice =
    "The app is not installed in this workspace. Install it at /slack/install, or take the workspace's subscriptions away.";
  return new WorkspaceAway({ workspace, code: "not_installed", advice }, 60);
}
