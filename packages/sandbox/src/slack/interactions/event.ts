import type { Part } from "../part.ts";
import { askWithJson, failureOf, type Reply, type Silence } from "./ask-bot.ts";
import type { Context } from "./context.ts";
import { eventOf } from "./payload.ts";

/** How the bot answered each delivery of one event: its status, or why there was none. */
export type Delivered = { eventId: string; answers: (number | "late" | "unreachable")[] };

/** Slack tries three times more: https://docs.slack.dev/apis/events-api#error-handling */
const tries = 4;

/**
 * Sends an event to the bot. What fails is sent again with the same id, at once rather than after Slack's minute
 * and five; with `repeat` it is sent so many times more even though it arrived, as Slack does when an answer is lost.
 */
export async function sendEvent(event: Part, context: Context, repeat = 0): Promise<Delivered> {
  const { bot, newId } = context;
  const eventId = newId();
  const body = eventOf(event, context, eventId, bot.now());
  const answers: Delivered["answers"] = [];
  let reason = "http_timeout";
  for (let attempt = 0; attempt < tries; attempt += 1) {
    const again =
      attempt === 0 ? {} : { "x-slack-retry-num": String(attempt), "x-slack-retry-reason": reason };
    const reply = await askWithJson(bot, body, again);
    answers.push(reply.kind === "answered" ? reply.status : reply.kind);
    const failed = failureOf(reply) !== null;
    if (!failed && attempt >= repeat) break;
    reason = failed ? reasonOf(reply) : "http_timeout";
  }
  return { eventId: `Ev${eventId}`, answers };
}

function reasonOf(reply: Reply | Silence): string {
  if (reply.kind === "late") return "http_timeout";
  return reply.kind === "unreachable" ? "connection_failed" : "http_error";
}
