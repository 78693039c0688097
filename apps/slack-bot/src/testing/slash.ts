import { createHmac } from "node:crypto";

export const signingSecret = "8f742231b10e8888abcd99yyyzzz85a5";

export type SlashOptions = {
  url: string;
  text: string;
  secret?: string;
  /** Seconds since 1970. */
  sentAt?: number;
};

/** Sends `/contract <text>` as Slack does: https://docs.slack.dev/authentication/verifying-requests-from-slack */
export function sendSlash(options: SlashOptions): Promise<Response> {
  const { url, text, secret = signingSecret, sentAt = Math.floor(Date.now() / 1_000) } = options;
  const body = new URLSearchParams({
    command: "/contract",
    text,
    user_id: "U000000002",
    team_id: "T000000001",
    channel_id: "C000000002",
    trigger_id: "1.2.3",
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
