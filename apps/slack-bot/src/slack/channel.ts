import type { WebClient } from "@slack/web-api";
import { z } from "zod";
import type { Message } from "../blocks/message.ts";
import { judge, readable } from "./errors.ts";
import type { Method, Wish } from "./pace.ts";
import type { Turns } from "./turns.ts";

/** Marks a message of ours, so that it can be found again when we do not know whether it was posted. */
type Mark = {
  type: "countersign_card" | "countersign_line" | "countersign_notice";
  /** Null where it is about no single contract. */
  contractId: string | null;
  key: string;
};

/** Below the message with this ts; `broadcast`: and in the channel. */
type ThreadPlace = { ts: string; broadcast: boolean };

/** A channel or a direct message that we post to. Messages are named by their ts. Each call throws as `judge` knows it. */
export type Channel = {
  id: string;
  /** To be had before `post` and `edit`, and kept while they last. Throws RetryLater where it takes long. */
  takeTurn(wish: Wish): Promise<Disposable>;
  post(message: Message, mark: Mark, thread: ThreadPlace | null): Promise<string>;
  edit(ts: string, message: Message): Promise<void>;
  /** The message with this key, posted at `since` or later. Takes its turns by itself. */
  find(key: string, thread: string | null, since: Date): Promise<string | null>;
};

export type ChannelOptions = {
  turns: Turns;
  /** Hears of every call and how it ended. */
  count: (method: Method, error: unknown) => void;
};

/** A channel of Slack's. Where Slack says when to come back, the channel's next calls keep to that. */
export function openChannel(
  client: WebClient,
  id: string,
  { turns, count }: ChannelOptions,
): Channel {
  const heed = (method: Method, error: unknown) => {
    const verdict = judge(error);
    if (verdict.kind === "later") turns.block(id, method, verdict.seconds);
  };
  const counted = async <Result>(method: Method, call: Promise<Result>) => {
    try {
      const result = await call;
      count(method, null);
      return result;
    } catch (thrown) {
      const error = readable(thrown);
      count(method, error);
      heed(method, error);
      throw error;
    }
  };
  return {
    id,
    takeTurn: (wish) => turns.take(id, wish),
    async post(message, mark, thread) {
      const posting = client.chat.postMessage({
        channel: id,
        ...message,
        ...placeOf(thread),
        metadata: metadataOf(mark),
        parse: "none",
        link_names: false,
        unfurl_links: false,
        unfurl_media: false,
      });
      const { ts } = await counted("chat.postMessage", posting);
      if (ts === undefined) throw new Error("Slack accepted a message without naming it.");
      return ts;
    },
    async edit(ts, message) {
      const editing = client.chat.update({
        channel: id,
        ts,
        ...message,
        parse: "none",
        link_names: false,
      });
      await counted("chat.update", editing);
    },
    async find(key, thread, since) {
      const method = thread === null ? "conversations.history" : "conversations.replies";
      let cursor = "";
      do {
        using _turn = await turns.take(id, { method, calls: 1, begun: cursor !== "" });
        const page = await counted(method, readPage(client, id, thread, since, cursor));
        const found = page.messages.find((message) => message.metadata?.event_payload.key === key);
        if (found !== undefined) return found.ts;
        cursor = page.response_metadata?.next_cursor ?? "";
      } while (cursor !== "");
      return null;
    },
  };
}

function placeOf(thread: ThreadPlace | null) {
  if (thread === null) return {};
  return { thread_ts: thread.ts, ...(thread.broadcast ? { reply_broadcast: true } : {}) };
}

function metadataOf({ type, contractId, key }: Mark) {
  const about = contractId === null ? {} : { contract_id: contractId };
  return { event_type: type, event_payload: { ...about, key } };
}

/** Of an answer of conversations.history or conversations.replies, what we read. */
const Page = z.object({
  messages: z.array(
    z.object({
      ts: z.string(),
      metadata: z
        .object({ event_payload: z.object({ key: z.unknown().optional() }) })
        .optional()
        .catch(undefined),
    }),
  ),
  response_metadata: z.object({ next_cursor: z.string().optional() }).optional(),
});

async function readPage(
  client: WebClient,
  channel: string,
  thread: string | null,
  since: Date,
  cursor: string,
): Promise<z.infer<typeof Page>> {
  const window = {
    channel,
    oldest: String(since.getTime() / 1_000),
    limit: 200,
    include_all_metadata: true,
    ...(cursor === "" ? {} : { cursor }),
  };
  const answer =
    thread === null
      ? await client.conversations.history(window)
      : await client.conversations.replies({ ...window, ts: thread });
  return Page.parse(answer);
}
