import type { Person } from "../teams.ts";
import type { Context } from "./context.ts";
import { sendEvent, type Delivered } from "./event.ts";

/** A message written by a person; `shared` is how the bot was told of its links, null where it has none. */
export type Said = { channel: string; ts: string; shared: Delivered | null };

/**
 * Writes a message as a person. Slack tells an app of links to the domains in its manifest; here the bot hears of
 * every link (https://docs.slack.dev/reference/events/link_shared).
 */
export async function say(
  { text, channel, threadTs }: { text: string; channel: string; threadTs: string | null },
  person: Person,
  context: Context,
): Promise<Said> {
  const { workspace } = context;
  const posted = await workspace.emulation.asPerson(person.id).chat.postMessage({
    channel,
    text: asSlackKeeps(text),
    ...(threadTs === null ? {} : { thread_ts: threadTs }),
  });
  const { ts = "", channel: id = channel } = posted;
  const urls = [...new Set(text.match(address) ?? [])];
  if (urls.length === 0) return { channel: id, ts, shared: null };
  const unfurlId = context.newId();
  workspace.unfurls.share(unfurlId, id, ts);
  const event = {
    type: "link_shared",
    channel: id,
    is_bot_user_member: true,
    user: person.id,
    message_ts: ts,
    ...(threadTs === null ? {} : { thread_ts: threadTs }),
    unfurl_id: unfurlId,
    source: "conversations_history",
    links: urls.map((url) => ({ url, domain: new URL(url).hostname })),
    event_ts: context.nextTs(),
  };
  return { channel: id, ts, shared: await sendEvent(event, context) };
}

const address = /https?:\/\/[^\s<>|]+/g;

/** What a person types, with Slack's three entities and its angle brackets around links. */
function asSlackKeeps(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll(/https?:\/\/[^\s<>|]+/g, (url) => `<${url}>`);
}
