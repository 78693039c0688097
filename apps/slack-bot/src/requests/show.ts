import type { ModalView } from "@slack/types";
import type { RespondArguments } from "@slack/bolt";
import type { WebClient } from "@slack/web-api";
import type { Asking, Reply } from "../asking.ts";
import { plain, type Message } from "../blocks/message.ts";
import { commandWords } from "../words/command-words.ts";

/** Where somebody sees what is replied: a message or command with a way to answer, App Home, or a modal. */
export type Place =
  | { in: "conversation"; respond: (answer: RespondArguments) => Promise<unknown> }
  | { in: "home" | "modal" };

/** Shows the reply where its request came from. What would have no place in App Home or a modal becomes a modal. */
export async function show(
  reply: Reply,
  { triggerId }: Pick<Asking, "triggerId">,
  place: Place,
  client: WebClient,
): Promise<void> {
  switch (reply.kind) {
    case "nothing":
      return;
    case "view":
      await openView(client, place, triggerId, reply.view);
      return;
    case "message":
    case "replace":
      if (place.in === "conversation") await place.respond(answerOf(reply));
      else await openView(client, place, triggerId, noticeView(reply.message));
  }
}

/** The reply as an answer to a command or a button. */
export function answerOf(
  reply: Extract<Reply, { kind: "message" | "replace" }>,
): RespondArguments & Message {
  if (reply.kind === "replace") return { ...reply.message, replace_original: true };
  const type = reply.share === true ? "in_channel" : "ephemeral";
  return { ...reply.message, response_type: type, replace_original: false };
}

/** A message as a modal that only says it. */
export function noticeView({ blocks }: Message): ModalView {
  return {
    type: "modal",
    title: plain(commandWords.noticeTitle),
    close: plain(commandWords.close),
    blocks,
  };
}

async function openView(
  client: WebClient,
  place: Place,
  trigger_id: string,
  view: ModalView,
): Promise<void> {
  if (place.in === "modal") await client.views.push({ trigger_id, view });
  else await client.views.open({ trigger_id, view });
}
