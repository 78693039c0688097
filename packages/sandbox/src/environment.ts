import { providers, type Provider } from "@countersign/core";
import { z } from "zod";
import { botToken, secretOf, signingSecret } from "./credentials.ts";

export type SandboxPorts = { sandboxPort: number; receiverPort: number; slackBotPort: number };

/** The credentials and addresses with which the real apps talk to a sandbox on this machine. */
export function sandboxEnvironment({ sandboxPort }: SandboxPorts): Record<string, string> {
  const sandbox = `http://127.0.0.1:${sandboxPort}`;
  return {
    SLACK_BOT_TOKEN: botToken,
    SLACK_SIGNING_SECRET: signingSecret,
    SLACK_API_URL: `${sandbox}/slack/api/`,
    HUBSPOT_ACCESS_TOKEN: "sandbox-hubspot",
    HUBSPOT_API_URL: `${sandbox}/hubspot`,
    SALESFORCE_LOGIN_URL: `${sandbox}/salesforce`,
    SALESFORCE_CLIENT_ID: "sandbox-client",
    SALESFORCE_CLIENT_SECRET: "sandbox-client-secret",
    ...Object.fromEntries(providers.flatMap((provider) => variablesOf(provider, sandbox))),
  };
}

/** With what the variables of a provider's secret and access begin: `DROPBOX_SIGN`. */
export function variablePrefix(providerId: string): string {
  return providerId.toUpperCase().replaceAll("-", "_");
}

const Access = z.record(z.string(), z.string());

/** Its webhook secret, and its access as countersign.yaml names the variables: `apiKey` is `…_API_KEY`. */
function variablesOf({ id, vendorSide }: Provider, sandbox: string): [string, string][] {
  const access = vendorSide.access?.(`${sandbox}/providers/${id}/api`) ?? {};
  const prefix = variablePrefix(id);
  const named = Object.entries(Access.parse(access)).map(([name, value]): [string, string] => [
    `${prefix}_${name.replaceAll(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()}`,
    value,
  ]);
  return [[`${prefix}_SECRET`, secretOf(id)], ...named];
}
