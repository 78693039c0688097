import { createHmac } from "node:crypto";
import { z } from "zod";
import { signingSecret } from "../credentials.ts";
import { contractsChannel } from "./workspace.ts";

const answerSchema = z.object({
  text: z.string().default(""),
  blocks: z.array(z.record(z.string(), z.unknown())).default([]),
});

/** What only the person who typed the command sees. */
type Answer = z.infer<typeof answerSchema>;

export type CommandOutcome =
  | { answered: true; answer: Answer }
  | { answered: false; reason: string };

/**
 * Sends what a person typed (`/contract status …`) to the bot as Slack would: a signed form, to be answered
 * within three seconds (https://docs.slack.dev/interactivity/implementing-slash-commands).
 */
export async function sendCommand(
  typed: string,
  { botUrl, now }: { botUrl: string; now: Date },
): Promise<CommandOutcome> {
  const [command = "", ...words] = typed.trim().split(" ");
  const body = new URLSearchParams({
    command,
    text: words.join(" "),
    team_id: "T000000001",
    channel_id: contractsChannel.id,
    channel_name: contractsChannel.name,
    user_id: "U000000001",
    user_name: "dana.reyes",
    response_url: "http://127.0.0.1:9/not-offered",
    trigger_id: "sandbox",
  }).toString();
  const response = await fetch(new URL("/slack/events", botUrl), {
    method: "POST",
    headers: { "content-type": "application/x-www-form-urlencoded", ...signatureOf(body, now) },
    body,
    signal: AbortSignal.timeout(3_000),
  }).catch(() => null);
  if (response === null)
    return { answered: false, reason: `The Slack bot did not answer ${command} within 3 seconds.` };
  return readAnswer(response, command);
}

async function readAnswer(response: Response, command: string): Promise<CommandOutcome> {
  const parsed = answerSchema.safeParse(await response.json().catch(() => null));
  if (response.ok && parsed.success) return { answered: true, answer: parsed.data };
  const reason = `The Slack bot knows no ${command} (it answered ${response.status}).`;
  return { answered: false, reason };
}

/** https://docs.slack.dev/authentication/verifying-requests-from-slack */
function signatureOf(body: string, now: Date): Record<string, string> {
  const timestamp = String(Math.floor(now.getTime() / 1000));
  const digest = createHmac("sha256", signingSecret)
    .update(`v0:${timestamp}:${body}`)
    .digest("hex");
  return { "x-slack-request-timestamp": timestamp, "x-slack-signature": `v0=${digest}` };
}
