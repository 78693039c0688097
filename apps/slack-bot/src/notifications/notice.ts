import type { Store } from "@countersign/store";
import type { Message } from "../blocks/message.ts";
import type { Channels } from "../slack/channels.ts";
import { sayOnce } from "./say-once.ts";

/** What one person is to be told, once. `key` names the occasion. */
export type Notice = { workspace: string; userId: string; key: string; message: Message };

/**
 * Tells a person by direct message, once for each occasion, and says whether they were told. Throws as `follow`
 * expects it.
 */
export async function sendNotice(
  { store, channels }: { store: Store; channels: Channels },
  { workspace, userId, key, message }: Notice,
): Promise<boolean> {
  const channel = await channels.withPerson(workspace, userId);
  const saying = { key: `slack/${channel.id}/notice/${key}`, kind: "notice", message };
  return (await sayOnce(store, channel, saying)).isSaid;
}
