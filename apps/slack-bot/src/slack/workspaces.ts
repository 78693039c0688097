import type { WebClient } from "@slack/web-api";

/** A workspace that the bot serves. */
export type Workspace = {
  /** The enterprise's id where the app is installed for a whole organization, else the team's; empty where there is one by token. */
  id: string;
  client: WebClient;
};

export type Workspaces = {
  /** The key under which a request's workspace is kept: empty where the bot has one by token. */
  keyOf(from: { teamId: string | null; enterpriseId: string | null; isOrgWide: boolean }): string;
  /**
   * With a token that is fresh. Throws WorkspaceAway, which is a RetryLater, where the app is not installed by
   * OAuth; the client's calls do so too while the token is refused.
   */
  open(key: string): Promise<Workspace>;
  /** All that have the app installed. */
  all(): Promise<string[]>;
  /**
   * To be called when Slack says that the app was taken out or its token ended, which may be long past: the
   * installation is removed where its token is refused indeed. Says whether it was.
   */
  removeIfRefused(key: string): Promise<boolean>;
};

/** The one workspace whose bot token the bot was given; its key is empty. */
export function singleWorkspace(client: WebClient): Workspaces {
  const workspace = { id: "", client };
  return {
    keyOf: () => "",
    open: async () => workspace,
    all: async () => [""],
    removeIfRefused: async () => false,
  };
}
