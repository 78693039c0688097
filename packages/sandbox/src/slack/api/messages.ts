import { z } from "zod";
import { named } from "../named.ts";
import { fromJson, partSchema, partsOf, textOf } from "../part.ts";
import type { Method } from "../method.ts";

/** https://docs.slack.dev/reference/methods/chat.postEphemeral */
const postEphemeral: Method = async ({ args, workspace }) => {
  const { team, emulation, ephemerals } = workspace;
  const [channel, user, text] = [args["channel"], args["user"], args["text"]].map(textOf);
  const blocks = fromJson(args["blocks"]);
  if (blocks !== undefined && !Array.isArray(blocks)) return { ok: false, error: "invalid_blocks" };
  if (text === "" && partsOf(blocks).length === 0) return { ok: false, error: "no_text" };
  if (channel === undefined || channel === "") return { ok: false, error: "channel_not_found" };
  if (!team.people.some(({ id }) => id === user))
    return { ok: false, error: "user_not_in_channel" };
  const known = await emulation
    .asBot()
    .conversations.info({ channel })
    .catch((error: unknown) => error);
  const refused = errorOf(known);
  if (refused !== null) return { ok: false, error: refused };
  const { ts } = ephemerals.add({
    channel,
    user: user ?? "",
    threadTs: textOf(args["thread_ts"]) || null,
    text: text ?? "",
    blocks: named(partsOf(blocks)),
  });
  return { ok: true, message_ts: ts };
};

/** The word with which Slack refused a call of ours; null where it did not. */
function errorOf(outcome: unknown): string | null {
  if (!(outcome instanceof Error)) return null;
  const data = z.object({ data: z.object({ error: z.string() }) }).safeParse(outcome);
  if (!data.success) throw outcome;
  return data.data.data.error;
}

const unfurlsSchema = z.record(z.string(), partSchema);

/** https://docs.slack.dev/reference/methods/chat.unfurl */
const unfurl: Method = async ({ args, workspace: { emulation, unfurls } }) => {
  const given = unfurlsSchema.safeParse(fromJson(args["unfurls"]));
  if (args["unfurls"] === undefined) return { ok: false, error: "missing_unfurls" };
  if (!given.success) return { ok: false, error: "invalid_unfurls_format" };
  const unfurlId = textOf(args["unfurl_id"]);
  const place =
    unfurlId === ""
      ? { channel: textOf(args["channel"]), ts: textOf(args["ts"]) }
      : unfurls.shared(unfurlId);
  if (place === undefined) return { ok: false, error: "invalid_unfurl_id" };
  if (place.channel === "") return { ok: false, error: "missing_channel" };
  if (place.ts === "") return { ok: false, error: "missing_ts" };
  const text = await textAt(place, emulation.asBot());
  if (text === null) return { ok: false, error: "cannot_find_message" };
  const strange = Object.keys(given.data).find((url) => !text.includes(url));
  if (strange !== undefined) return { ok: false, error: "cannot_unfurl_url" };
  const shown = Object.entries(given.data).map(([url, { blocks, ...rest }]) => [
    url,
    { ...rest, blocks: named(partsOf(blocks)) },
  ]);
  unfurls.show(place.channel, place.ts, Object.fromEntries(shown));
  return { ok: true };
};

type Reader = {
  conversations: {
    replies: (call: { channel: string; ts: string }) => Promise<{
      messages?: { ts?: string | undefined; text?: string | undefined }[];
    }>;
  };
};

/** A message's text, as it was typed. Slack keeps `&` as an entity. */
async function textAt(
  { channel, ts }: { channel: string; ts: string },
  client: Reader,
): Promise<string | null> {
  const thread = await client.conversations.replies({ channel, ts }).catch(() => null);
  const message = thread?.messages?.find((one) => one.ts === ts);
  return message?.text?.replaceAll("&amp;", "&") ?? null;
}

export const messageMethods: Record<string, Method> = {
  "chat.postEphemeral": postEphemeral,
  "chat.unfurl": unfurl,
};
