import type { WebClient } from "@slack/web-api";
import { z } from "zod";

const messageSchema = z.object({
  ts: z.string(),
  user: z.string().optional(),
  username: z.string().optional(),
  text: z.string().default(""),
  subtype: z.string().optional(),
  blocks: z.array(z.record(z.string(), z.unknown())).default([]),
  edited: z.object({ ts: z.string() }).optional(),
  reply_count: z.number().default(0),
  files: z.array(z.object({ name: z.string().nullish() })).default([]),
  metadata: z
    .object({ event_payload: z.object({ key: z.string().optional() }) })
    .optional()
    .catch(undefined),
});

/** A message as people see it. `ts` is Slack's id; `at` and `editedAt` are ISO 8601. */
export type Message = {
  ts: string;
  at: string;
  editedAt: string | null;
  author: string;
  text: string;
  blocks: Record<string, unknown>[];
  files: string[];
  /** The `key` of its metadata, by which our bot finds it again; null without. */
  key: string | null;
  replies: Message[];
};

export type Conversation = { id: string; name: string; direct: boolean; messages: Message[] };

export type SlackView = {
  conversations: Conversation[];
  /** People's names by Slack id, for mentions. */
  people: Record<string, string>;
};

/** What one who reads with `client` sees now, oldest message first, the latest 100 of each conversation. */
export async function readConversations(client: WebClient): Promise<SlackView> {
  const people = await readPeople(client);
  const { channels = [] } = await client.conversations.list({
    types: "public_channel,private_channel,im,mpim",
    limit: 200,
  });
  const conversations = await Promise.all(
    channels.map(async ({ id = "", name, is_im: direct = false, user = "" }) => ({
      id,
      name: name ?? people[user] ?? user,
      direct,
      messages: await readMessages(client, id, people),
    })),
  );
  return { conversations, people };
}

async function readPeople(client: WebClient): Promise<Record<string, string>> {
  const { members = [] } = await client.users.list({});
  return Object.fromEntries(
    members.map(({ id = "", real_name: realName, name }) => [id, realName ?? name ?? id]),
  );
}

async function readMessages(
  client: WebClient,
  channel: string,
  people: Record<string, string>,
): Promise<Message[]> {
  const history = await client.conversations.history({
    channel,
    limit: 100,
    include_all_metadata: true,
  });
  const parents = z.array(messageSchema).parse(history.messages ?? []);
  const shown = parents.filter(({ subtype }) => subtype === undefined || subtype === "bot_message");
  return Promise.all(
    shown.toReversed().map(async (parent) => {
      const replies = parent.reply_count > 0 ? await readReplies(client, channel, parent.ts) : [];
      return toMessage(parent, replies, people);
    }),
  );
}

async function readReplies(client: WebClient, channel: string, ts: string) {
  const thread = await client.conversations.replies({
    channel,
    ts,
    limit: 100,
    include_all_metadata: true,
  });
  return z
    .array(messageSchema)
    .parse(thread.messages ?? [])
    .filter((message) => message.ts !== ts);
}

type Parsed = z.infer<typeof messageSchema>;

function toMessage(parsed: Parsed, replies: Parsed[], people: Record<string, string>): Message {
  const { ts, user = "", username, text, blocks, edited, files, metadata } = parsed;
  return {
    ts,
    at: timeOf(ts),
    editedAt: edited ? timeOf(edited.ts) : null,
    author: username ?? people[user] ?? user,
    text,
    blocks,
    files: files.map(({ name }) => name ?? "file"),
    key: metadata?.event_payload.key ?? null,
    replies: replies.map((reply) => toMessage(reply, [], people)),
  };
}

function timeOf(ts: string): string {
  return new Date(Number(ts) * 1000).toISOString();
}
