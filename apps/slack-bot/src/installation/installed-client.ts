import { WebAPIPlatformError, type WebAPICallResult } from "@slack/web-api";
import type { Log } from "@countersign/service";
import { OnceClient, type ClientOptions } from "../slack/client.ts";
import { judge } from "../slack/errors.ts";
import type { BotTokens } from "./bot-tokens.ts";
import type { Pauses } from "./pauses.ts";
import { notInstalledIn } from "./workspace-away.ts";

export type InstalledClientPorts = { workspace: string; tokens: BotTokens; pauses: Pauses };

/**
 * Slack's Web API for one installation: each call goes out with the token of that moment, which may be another
 * than the one this client was opened with. A refusal of the token holds back this workspace alone.
 */
export class InstalledClient extends OnceClient {
  readonly #ports: InstalledClientPorts;

  constructor(ports: InstalledClientPorts, options: ClientOptions, log: Log) {
    super(options, log);
    this.#ports = ports;
  }

  override async apiCall(
    method: string,
    options: Record<string, unknown> = {},
  ): Promise<WebAPICallResult> {
    const { workspace, tokens, pauses } = this.#ports;
    const standing = pauses.standing(workspace);
    if (standing !== null) throw standing;
    const token = await tokens.tokenOf(workspace);
    if (token === null) throw notInstalledIn(workspace);
    try {
      const result = await this.#callWith(token, method, options);
      pauses.worked(workspace);
      return result;
    } catch (error) {
      const verdict = judge(error);
      if (verdict.kind !== "credentials" || !isAboutWorkspace(method, verdict.code)) throw error;
      throw pauses.refused(workspace, verdict.code, adviceFor(verdict.code), error);
    }
  }

  /** What is refused for its token was not done, so it may be asked again with another one. */
  async #callWith(
    token: string,
    method: string,
    options: Record<string, unknown>,
  ): Promise<WebAPICallResult> {
    try {
      return await super.apiCall(method, { ...options, token });
    } catch (error) {
      if (!isAboutToken(error)) throw error;
      const { workspace, tokens } = this.#ports;
      const other = await tokens.insteadOf(workspace, token);
      if (other === null) throw error;
      return super.apiCall(method, { ...options, token: other });
    }
  }
}

function adviceFor(code: string): string {
  return `Slack refused (${code}). Install the app in this workspace again, at /slack/install.`;
}

const tokenCodes = new Set([
  "invalid_auth",
  "not_authed",
  "account_inactive",
  "token_revoked",
  "token_expired",
]);

function isAboutToken(error: unknown): boolean {
  return error instanceof WebAPIPlatformError && tokenCodes.has(error.data.error);
}

/** A scope that is missing for a look-up need not keep cards from being posted. */
function isAboutWorkspace(method: string, code: string): boolean {
  if (tokenCodes.has(code) || code === "team_access_not_granted") return true;
  return method === "chat.postMessage" || method === "chat.update";
}
