import { createHmac, randomUUID } from "node:crypto";
import { signingSecret } from "../counterpart/client.ts";

/**
 * Sends `/contract status <words>` as Slack does and waits for the whole answer:
 * https://docs.slack.dev/authentication/verifying-requests-from-slack
 */
export async function askStatus(port: number, words: string, sentAt: Date): Promise<string> {
  const timestamp = String(Math.floor(sentAt.getTime() / 1_000));
  const body = new URLSearchParams({
    command: "/contract",
    text: `status ${words}`,
    user_id: "U000000002",
    team_id: "T000000001",
    channel_id: "C000000002",
    trigger_id: randomUUID(),
    response_url: "https://hooks.slack.example/commands/1",
  }).toString();
  const digest = createHmac("sha256", signingSecret)
    .update(`v0:${timestamp}:${body}`)
    .digest("hex");
  const response = await fetch(`http://127.0.0.1:${port}/slack/events`, {
    method: "POST",
    headers: {
      "content-type": "application/x-www-form-urlencoded",
      "x-slack-request-timestamp": timestamp,
      "x-slack-signature": `v0=${digest}`,
    },
    body,
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`slack-bot answered ${response.status} to a slash command.`);
  const shown = text.toLowerCase();
  if (!words.split(" ").every((word) => shown.includes(word)))
    throw new Error("slack-bot answered with another contract.");
  return text;
}
