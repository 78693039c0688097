import { z } from "zod";
import { named } from "../named.ts";
import { partSchema, type Part } from "../part.ts";
import type { Workspace } from "../workspace.ts";
import type { Place } from "./response-urls.ts";

/** What an app answers a person with: https://docs.slack.dev/interactivity/handling-user-interaction#message_responses */
export const answerSchema = z.object({
  text: z.string().default(""),
  blocks: z.array(partSchema).default([]),
  response_type: z.enum(["ephemeral", "in_channel"]).default("ephemeral"),
  replace_original: z.boolean().default(false),
  delete_original: z.boolean().default(false),
  thread_ts: z.string().exactOptional(),
  metadata: partSchema.exactOptional(),
});

export type Answer = z.output<typeof answerSchema>;

/** Shows the answer where it belongs. */
export async function show(answer: Answer, place: Place, workspace: Workspace): Promise<void> {
  const { source } = place;
  if (source !== null && answer.delete_original) return remove(place, source, workspace);
  if (answer.text === "" && answer.blocks.length === 0) return;
  if (source !== null && answer.replace_original) return replace(answer, place, source, workspace);
  if (answer.response_type === "in_channel") return post(answer, place, workspace);
  workspace.ephemerals.add({
    channel: place.channel,
    user: place.user,
    threadTs: answer.thread_ts ?? null,
    text: answer.text,
    blocks: named(answer.blocks),
  });
}

type Source = NonNullable<Place["source"]>;

async function remove({ channel }: Place, { ts, ephemeral }: Source, workspace: Workspace) {
  if (ephemeral) workspace.ephemerals.remove(ts);
  else await workspace.emulation.asBot().chat.delete({ channel, ts });
}

async function replace(
  answer: Answer,
  { channel }: Place,
  { ts, ephemeral }: Source,
  workspace: Workspace,
): Promise<void> {
  const { text, blocks } = answer;
  if (ephemeral) return workspace.ephemerals.replace(ts, { text, blocks: named(blocks) });
  await workspace.emulation.asBot().apiCall("chat.update", { channel, ts, text, blocks });
}

async function post(answer: Answer, { channel }: Place, { emulation }: Workspace): Promise<void> {
  const { text, blocks, thread_ts, metadata } = answer;
  const message: Part = { channel, text, blocks, thread_ts, metadata };
  await emulation.asBot().apiCall("chat.postMessage", message);
}
