import { partSchema, type Part } from "../part.ts";
import { signatureOf } from "./signature.ts";

/** The bot's answer to one request of Slack's; `body` is null where it is no JSON object. */
export type Reply = {
  kind: "answered";
  status: number;
  body: Part | null;
  text: string;
  ms: number;
};

export type Silence = { kind: "late" | "unreachable" };

/** https://docs.slack.dev/interactivity/handling-user-interaction#acknowledgment_response */
const patienceMs = 3_000;

export type Bot = { url: () => string; now: () => Date };

/** Slash commands and interactions go as forms. */
export function askWithForm(bot: Bot, fields: Record<string, string>): Promise<Reply | Silence> {
  const body = new URLSearchParams(fields).toString();
  return ask(bot, body, { "content-type": "application/x-www-form-urlencoded" });
}

export function askWithPayload(bot: Bot, payload: Part): Promise<Reply | Silence> {
  return askWithForm(bot, { payload: JSON.stringify(payload) });
}

/** Events go as JSON. */
export function askWithJson(
  bot: Bot,
  json: Part,
  headers: Record<string, string>,
): Promise<Reply | Silence> {
  return ask(bot, JSON.stringify(json), { "content-type": "application/json", ...headers });
}

async function ask(
  bot: Bot,
  body: string,
  headers: Record<string, string>,
): Promise<Reply | Silence> {
  const began = performance.now();
  try {
    const response = await fetch(new URL("/slack/events", bot.url()), {
      method: "POST",
      headers: { ...headers, ...signatureOf(body, bot.now()) },
      body,
      signal: AbortSignal.timeout(patienceMs),
    });
    const text = await response.text();
    const ms = Math.round(performance.now() - began);
    return { kind: "answered", status: response.status, body: objectOf(text), text, ms };
  } catch (error) {
    const late = error instanceof Error && error.name === "TimeoutError";
    return { kind: late ? "late" : "unreachable" };
  }
}

function objectOf(text: string): Part | null {
  try {
    const parsed = partSchema.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

/** Why what a person did came to nothing, in Slack's words; null where the bot took it. */
export function failureOf(reply: Reply | Silence): string | null {
  switch (reply.kind) {
    case "late":
      return "operation_timeout: the bot did not answer within 3 seconds";
    case "unreachable":
      return "dispatch_failed: the bot cannot be reached";
    case "answered":
      return reply.status >= 200 && reply.status < 300
        ? null
        : `dispatch_failed: the bot answered ${reply.status}`;
  }
}
