import type { EventHandler, SlackEvent } from "../events/event.ts";
import type { Ports } from "../ports.ts";

/** Somebody took the app out of a workspace, or of the whole organization. */
export const appUninstalled = {
  type: "app_uninstalled",
  scopes: [],
  handle: removeThere,
} satisfies EventHandler;

/** Tokens have ended; where ours was not among them, nothing comes of it. */
export const tokensRevoked = {
  type: "tokens_revoked",
  scopes: [],
  handle: removeThere,
} satisfies EventHandler;

async function removeThere(
  { workspace }: Pick<SlackEvent, "workspace">,
  { workspaces }: Pick<Ports, "workspaces">,
): Promise<void> {
  await workspaces.removeIfRefused(workspace);
}
