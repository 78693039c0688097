import { z } from "zod";
import type { Person } from "../teams.ts";
import { partSchema } from "../part.ts";
import { answerSchema, show } from "./answer.ts";
import { askWithForm, failureOf } from "./ask-bot.ts";
import type { Context } from "./context.ts";
import { commandOf } from "./payload.ts";

const shownSchema = z.object({ text: z.string(), blocks: z.array(partSchema) });

export type CommandOutcome =
  | { answered: true; answer: z.output<typeof shownSchema>; ms: number }
  | { answered: false; reason: string };

/**
 * Types a slash command (`/contract status …`) as a person. Its answer is what the acknowledgement says; what
 * comes later through the response_url is shown in the channel.
 */
export async function typeCommand(
  typed: string,
  person: Person,
  channel: { id: string; name: string },
  context: Context,
): Promise<CommandOutcome> {
  const { workspace, bot, responseUrls } = context;
  const place = { teamId: workspace.team.id, channel: channel.id, user: person.id, source: null };
  const form: Record<string, string> = {
    ...commandOf(typed, person, context, channel),
    trigger_id: workspace.triggers.issue(person.id),
    response_url: responseUrls.issue(place),
  };
  const reply = await askWithForm(bot, form);
  const failure = failureOf(reply);
  const command = form["command"] ?? "";
  if (reply.kind !== "answered" || failure !== null) {
    const unknown = reply.kind === "answered" && reply.status === 404;
    const reason = unknown
      ? `The Slack bot knows no ${command} (it answered 404).`
      : `${command} failed with ${failure}.`;
    return { answered: false, reason };
  }
  const said = reply.body ?? { text: reply.text };
  const answer = answerSchema.safeParse(said);
  if (!answer.success) return { answered: false, reason: `${command}: ${answer.error.message}` };
  await show(answer.data, place, workspace);
  const { text, blocks } = answer.data;
  return { answered: true, answer: { text, blocks }, ms: reply.ms };
}
