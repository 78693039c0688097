import type { Log } from "@countersign/service";
import type { ClientOptions } from "../slack/client.ts";
import type { Workspace, Workspaces } from "../slack/workspaces.ts";
import { openBotTokens, type BotTokenPorts } from "./bot-tokens.ts";
import { InstalledClient } from "./installed-client.ts";
import { keyOf, keyOfInstallation, type Installation } from "./installation.ts";
import { createPauses, type WorkspaceChange } from "./pauses.ts";
import { removeIfRefused, type RemovalPorts } from "./remove-if-refused.ts";
import { notInstalledIn } from "./workspace-away.ts";

export type InstalledWorkspaces = Workspaces & {
  /** Takes a new installation into service. */
  add: (installation: Installation) => Promise<void>;
};

export type InstalledWorkspacesPorts = BotTokenPorts &
  RemovalPorts & {
    /** A workspace begins or ends to refuse our token. */
    onChange: (change: WorkspaceChange) => void;
    client: Omit<ClientOptions, "botToken">;
    log: Log;
  };

/** How long the list of workspaces is remembered, in milliseconds. */
const remembered = 10_000;

/**
 * The workspaces in which the app was installed by OAuth. `open` throws WorkspaceAway, which is a RetryLater,
 * where the app is not installed; a client's calls do so too, and while the token is refused. Other workspaces
 * go on.
 */
export function installedWorkspaces(ports: InstalledWorkspacesPorts): InstalledWorkspaces {
  const { installations, now, log } = ports;
  const tokens = openBotTokens(ports);
  const pauses = createPauses(now, ports.onChange);
  const clients = new Map<string, Workspace>();
  let list: { ids: string[]; readAt: number } | null = null;

  async function workspaceOf(id: string): Promise<Workspace | null> {
    const botToken = await tokens.tokenOf(id);
    if (botToken === null) return null;
    const known = clients.get(id);
    if (known?.client.token === botToken) return known;
    const workspacePorts = { workspace: id, tokens, pauses };
    const client = new InstalledClient(workspacePorts, { ...ports.client, botToken }, log);
    const workspace = { id, client };
    clients.set(id, workspace);
    return workspace;
  }

  function forget(id: string): void {
    tokens.forget(id);
    clients.delete(id);
    list = null;
  }

  return {
    keyOf,
    async open(key) {
      const workspace = await workspaceOf(key);
      if (workspace !== null) return workspace;
      throw notInstalledIn(key);
    },
    async all() {
      const age = now().getTime() - (list?.readAt ?? 0);
      if (list !== null && age >= 0 && age < remembered) return list.ids;
      const ids = await installations.ids();
      list = { ids, readAt: now().getTime() };
      return ids;
    },
    async add(installation) {
      const key = keyOfInstallation(installation);
      await installations.alone(key, () => installations.save(installation));
      forget(key);
      pauses.worked(key);
    },
    async removeIfRefused(key) {
      const isRemoved = await removeIfRefused(ports, key);
      forget(key);
      return isRemoved;
    },
  };
}
