import type { Access } from "../access.ts";
import { openClient } from "../slack/client.ts";
import { singleWorkspace, type Workspaces } from "../slack/workspaces.ts";
import { openInstallation, type InstallationPorts, type Installing } from "./open-installation.ts";

export type OpenedWorkspaces = {
  workspaces: Workspaces;
  /** Null where there is one workspace by token, in which nobody needs to install anything. */
  installing: Omit<Installing, "workspaces"> | null;
};

/** `allowed`: ids of the workspaces and organizations in which the app may be installed. */
export function openWorkspaces(
  access: Access,
  { allowed, ...ports }: InstallationPorts & { allowed: readonly string[] },
): OpenedWorkspaces {
  if (access.way === "token") {
    const { botToken } = access;
    const client = openClient({ botToken, apiUrl: ports.apiUrl }, ports.log);
    return { workspaces: singleWorkspace(client), installing: null };
  }
  const { workspaces, ...installing } = openInstallation({ ...access, allowed }, ports);
  return { workspaces, installing };
}
