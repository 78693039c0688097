import { randomBytes } from "node:crypto";
import type { Log } from "@countersign/service";
import type { Store } from "@countersign/store";
import type { Router } from "express";
import { openClient } from "../slack/client.ts";
import type { BotTokenPorts } from "./bot-tokens.ts";
import { installedWorkspaces, type InstalledWorkspaces } from "./installed-workspaces.ts";
import { openInstallations } from "./installations.ts";
import type { WorkspaceChange } from "./pauses.ts";
import { reportWorkspaces } from "./report.ts";
import { installationRoutes } from "./routes.ts";
import { createSeal } from "./seal.ts";
import { openSlackOAuth } from "./slack-oauth.ts";

/** What the app needs to be installed by OAuth. */
export type OAuthSettings = {
  clientId: string;
  clientSecret: string;
  stateSecret: string;
  /** Of 32 bytes each, the newest first. */
  tokenKeys: readonly [Uint8Array, ...Uint8Array[]];
  /** Ids of workspaces and organizations in which the app may be installed. */
  allowed: readonly string[];
};

export type InstallationPorts = {
  /** Throws while the database has not been reached. */
  store: () => Store;
  now: () => Date;
  /** Slack's Web API, with its closing slash. */
  apiUrl: string;
  /** Those of the manifest. */
  scopes: readonly string[];
  /** Hears, beside the log, when a workspace begins or ends to refuse our token. */
  onChange?: (change: WorkspaceChange) => void;
  /** Hears, beside the log, that a workspace's token has no successor. */
  onRefreshRefused?: BotTokenPorts["onRefreshRefused"];
  log: Log;
};

/** Workspaces that install the app by OAuth, and the pages by which they do. */
export type Installing = {
  workspaces: InstalledWorkspaces;
  /** To be mounted at the root. */
  routes: Router;
  /** Seals what an older key has sealed with the newest; to be called once the database is there. */
  sealAnew(): Promise<void>;
};

export function openInstallation(settings: OAuthSettings, ports: InstallationPorts): Installing {
  const { store, now, apiUrl, log } = ports;
  const seal = createSeal(settings.tokenKeys, randomBytes);
  const { allowed } = settings;
  const installations = openInstallations({
    store,
    seal,
    allowed,
    onUnreadable: (workspace, error) =>
      log.error({ workspace, error }, "slack installation cannot be read with our keys"),
  });
  const oauth = openSlackOAuth(openClient({ botToken: "", apiUrl }, log), settings, now);
  const report = reportWorkspaces(log);
  const workspaces = installedWorkspaces({
    installations,
    oauth,
    now,
    client: { apiUrl },
    log,
    onChange(change) {
      report.onChange(change);
      ports.onChange?.(change);
    },
    onRefreshRefused(told) {
      report.onRefreshRefused(told);
      ports.onRefreshRefused?.(told);
    },
  });
  const routes = installationRoutes({
    ...settings,
    oauth,
    now,
    apiUrl,
    scopes: ports.scopes,
    add: (installation) => workspaces.add(installation),
    onTrouble: (error) => log.error({ error }, "slack installation failed"),
  });
  return {
    workspaces,
    routes,
    async sealAnew() {
      try {
        const count = await installations.sealAnew();
        if (count > 0) log.info({ count }, "slack installations are sealed with the newest key");
      } catch (error) {
        // They can be read as they are; the next start tries again.
        log.warn({ error }, "slack installations could not be sealed with the newest key");
      }
    },
  };
}
