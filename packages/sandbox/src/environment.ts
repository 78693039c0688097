import { providers } from "@countersign/core";
import { botToken, secretOf, signingSecret } from "./credentials.ts";

export type SandboxPorts = { sandboxPort: number; receiverPort: number; slackBotPort: number };

/** The credentials and addresses with which the real apps talk to a sandbox on this machine. */
export function sandboxEnvironment({ sandboxPort }: SandboxPorts): Record<string, string> {
  const sandbox = `http://127.0.0.1:${sandboxPort}`;
  const secrets = providers.map(({ id }) => [secretName(id), secretOf(id)]);
  return {
    SANDBOX_URL: sandbox,
    SLACK_BOT_TOKEN: botToken,
    SLACK_SIGNING_SECRET: signingSecret,
    SLACK_API_URL: `${sandbox}/slack/api/`,
    HUBSPOT_ACCESS_TOKEN: "sandbox-hubspot",
    HUBSPOT_API_URL: `${sandbox}/hubspot`,
    SALESFORCE_LOGIN_URL: `${sandbox}/salesforce`,
    SALESFORCE_CLIENT_ID: "sandbox-client",
    SALESFORCE_CLIENT_SECRET: "sandbox-client-secret",
    ...Object.fromEntries(secrets),
  };
}

/** The environment variable of a provider's webhook secret: `DROPBOX_SIGN_SECRET`. */
function secretName(providerId: string): string {
  return `${providerId.toUpperCase().replaceAll("-", "_")}_SECRET`;
}
