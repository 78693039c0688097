import type { WebClient } from "@slack/web-api";
import { z } from "zod";
import { named } from "./named.ts";
import type { Part } from "./part.ts";
import { botOf, type Team } from "./teams.ts";
import { timeOf } from "./timestamps.ts";
import type { Workspace } from "./workspace.ts";

const messageSchema = z.object({
  ts: z.string(),
  user: z.string().optional(),
  username: z.string().optional(),
  text: z.string().default(""),
  subtype: z.string().optional(),
  blocks: z.array(z.record(z.string(), z.unknown())).default([]),
  edited: z.object({ ts: z.string() }).optional(),
  reply_count: z.number().default(0),
  reply_broadcast: z.boolean().default(false),
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
  blocks: Part[];
  files: string[];
  /** The `key` of its metadata, by which our bot finds it again; null without. */
  key: string | null;
  /** What the bot shows of the links in it, by address. */
  unfurls: Record<string, Part>;
  /** A reply that stands in the channel as well. */
  broadcast: boolean;
  replies: Message[];
};

/** `withUser` is the one person who shares a direct message with the bot; null for a channel. */
export type Conversation = {
  id: string;
  name: string;
  direct: boolean;
  withUser: string | null;
  messages: Message[];
};

/** What our bot sees of its workspace now, oldest message first, the latest 100 of each conversation. */
export async function readConversations(workspace: Workspace): Promise<Conversation[]> {
  const client = workspace.emulation.asBot();
  const { channels = [] } = await client.conversations.list({
    types: "public_channel,private_channel,im,mpim",
    limit: 200,
  });
  const people = namesOf(workspace.team);
  return Promise.all(
    channels.map(async ({ id = "", name, is_im: direct = false, user = "" }) => ({
      id,
      name: direct ? (people[user] ?? user) : (name ?? id),
      direct,
      withUser: direct ? user : null,
      messages: await readMessages(client, id, workspace),
    })),
  );
}

/** People's names by Slack id, for mentions. */
export function namesOf(team: Team): Record<string, string> {
  const names = team.people.map(({ id, name }) => [id, name]);
  return { ...Object.fromEntries(names), [botOf(team).user_id]: "Countersign" };
}

async function readMessages(
  client: WebClient,
  channel: string,
  workspace: Workspace,
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
      return toMessage(parent, replies, channel, workspace);
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

function toMessage(
  parsed: Parsed,
  replies: Parsed[],
  channel: string,
  workspace: Workspace,
): Message {
  const { ts, user = "", username, text, blocks, edited, files, metadata } = parsed;
  return {
    ts,
    at: timeOf(ts),
    editedAt: edited ? timeOf(edited.ts) : null,
    author: username ?? namesOf(workspace.team)[user] ?? user,
    text,
    blocks: named(blocks),
    files: files.map(({ name }) => name ?? "file"),
    key: metadata?.event_payload.key ?? null,
    unfurls: workspace.unfurls.of(channel, ts),
    broadcast: parsed.reply_broadcast,
    replies: replies.map((reply) => toMessage(reply, [], channel, workspace)),
  };
}
