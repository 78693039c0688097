import type { Person } from "../teams.ts";
import { askWithPayload, failureOf } from "./ask-bot.ts";
import type { Context } from "./context.ts";
import { undone, type Outcome } from "./outcome.ts";
import { signedBy } from "./payload.ts";
import { channelName, readMessage } from "./spot.ts";

/**
 * Uses a shortcut of the bot's, on a message or anywhere:
 * https://docs.slack.dev/reference/interaction-payloads/shortcuts-interaction-payload
 */
export async function useShortcut(
  callbackId: string,
  on: { channel: string; ts: string } | null,
  person: Person,
  context: Context,
): Promise<Outcome> {
  const { workspace, bot, responseUrls } = context;
  const usual = {
    ...signedBy(person, context),
    callback_id: callbackId,
    trigger_id: workspace.triggers.issue(person.id),
    action_ts: context.nextTs(),
  };
  if (on === null) return send({ type: "shortcut", ...usual });
  const message = await readMessage(on, workspace);
  if (message === null) return undone("There is no such message.");
  const { channel, ts } = on;
  const source = { ts, ephemeral: false, threadTs: null };
  const place = { teamId: workspace.team.id, channel, user: person.id, source };
  return send({
    type: "message_action",
    ...usual,
    channel: { id: channel, name: await channelName(channel, workspace) },
    message,
    message_ts: ts,
    response_url: responseUrls.issue(place),
  });

  async function send(payload: Record<string, unknown>): Promise<Outcome> {
    const reply = await askWithPayload(bot, payload);
    const failure = failureOf(reply);
    if (reply.kind !== "answered" || failure !== null)
      return undone(`${callbackId} failed with ${failure}.`);
    return { done: true, ms: reply.ms, answer: reply.body };
  }
}
