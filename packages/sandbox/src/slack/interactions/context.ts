import type { Part } from "../part.ts";
import type { Enterprise } from "../teams.ts";
import type { Workspace } from "../workspace.ts";
import type { Bot } from "./ask-bot.ts";
import type { ResponseUrls } from "./response-urls.ts";

/** What every act of a person needs. */
export type Context = {
  workspace: Workspace;
  bot: Bot;
  responseUrls: ResponseUrls;
  /** The organization through which the app is in the workspace, if it is. */
  enterprise: () => Enterprise | null;
  newId: () => string;
  nextTs: () => string;
  /** The options that the bot has suggested, by person, block and action. */
  suggested: Map<string, Part[]>;
};

export function suggestionKey(user: string, blockId: string, actionId: string): string {
  return JSON.stringify([user, blockId, actionId]);
}
