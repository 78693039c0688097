import { createHmac, randomUUID } from "node:crypto";

export const signingSecret = "sandbox-slack-signing-secret";

export type SlashOptions = {
  url: string;
  text: string;
  secret?: string;
  /** Seconds since 1970. */
  sentAt?: number;
  /** Each request has its own. */
  triggerId?: string;
};

/** Sends `/contract <text>` as Slack does: https://docs.slack.dev/authentication/verifying-requests-from-slack */
export function sendSlash(options: SlashOptions): Promise<Response> {
  const { url, text, secret = signingSecret, sentAt = Math.floor(Date.now() / 1_000) } = options;
  const { triggerId = randomUUID() } = options;
  const body = new URLSearchParams({
    command: "/contract",
    text,
    user_id: "U000000002",
    team_id: "T000000001",
    channel_id: "C000000002",
    trigger_id: triggerId,
    response_url: "https://hooks.slack.example/commands/1",
  }).toString();
  const digest = createHmac("sha256", secret).update(`v0:${sentAt}:${body}`).digest("hex");
  return fetch(`${url}/slack/events`, {
    method: "POST",
    headers: {
      "content-type": "application/x-www-form-urlencoded",
      "x-slack-request-timestamp": String(sentAt),
      "x-slack-signature": `v0=${digest}`,
    },
    body,
  });
}
