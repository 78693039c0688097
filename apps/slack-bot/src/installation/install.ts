import {
  isAllowed,
  keyOfInstallation,
  nameOfInstallation,
  type Installation,
} from "./installation.ts";
import type { SlackOAuth } from "./slack-oauth.ts";
import { readState } from "./state.ts";

/** How an installation ended. */
export type Installed =
  | { end: "done"; installation: Installation }
  /** The person did not allow it. */
  | { end: "cancelled" }
  /** It is not one that this browser began a moment ago. */
  | { end: "stale" }
  /** The settings do not name this workspace; `key` is what they would have to name. */
  | { end: "not-allowed"; name: string; key: string }
  | { end: "refused"; code: string }
  | { end: "away" };

/** What Slack sends a person back with, and the state that their browser kept. */
export type Returned = { code: string; state: string; error: string; ofBrowser: string };

export type InstallPorts = {
  oauth: SlackOAuth;
  add: (installation: Installation) => Promise<void>;
  now: () => Date;
  stateSecret: string;
  /** Ids of workspaces and organizations in which the app may be installed. */
  allowed: readonly string[];
  /** What cannot be helped here, for the log. */
  onTrouble: (error: unknown) => void;
};

/** Finishes an installation. An app with public distribution can be installed by anybody: hence `allowed`. */
export async function install(ports: InstallPorts, returned: Returned): Promise<Installed> {
  const { oauth, now, stateSecret } = ports;
  const { state, ofBrowser, error, code } = returned;
  const begun = readState({ returned: state, ofBrowser, now: now() }, stateSecret);
  if (begun === null) return { end: "stale" };
  if (error === "access_denied") return { end: "cancelled" };
  if (error !== "") return { end: "refused", code: error };
  const exchanged = await oauth.exchangeCode(code, begun.back);
  if (exchanged.kind === "refused") {
    return exchanged.code === "invalid_code" || exchanged.code === "code_already_used"
      ? { end: "stale" }
      : { end: "refused", code: exchanged.code };
  }
  if (exchanged.kind === "away") return { end: "away" };
  return keep(ports, exchanged.installation);
}

async function keep(ports: InstallPorts, installation: Installation): Promise<Installed> {
  const { oauth, allowed, onTrouble } = ports;
  if (!isAllowed(installation, allowed)) {
    await oauth.revoke(installation.botToken).catch(onTrouble);
    const name = nameOfInstallation(installation);
    return { end: "not-allowed", name, key: keyOfInstallation(installation) };
  }
  try {
    await ports.add(installation);
    return { end: "done", installation };
  } catch (error) {
    // The token stays as it is: Slack may have handed out one that is in use already.
    onTrouble(error);
    return { end: "away" };
  }
}
