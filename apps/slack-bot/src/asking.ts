import type { ModalView } from "@slack/types";
import type { Message } from "./blocks/message.ts";

/** Who asks for something, and from where. */
export type Asking = {
  /** As `Workspaces.keyOf` has it. */
  workspace: string;
  userId: string;
  /** The channel that it is asked in; null in App Home and for a global shortcut. */
  channel: string | null;
  /** Opens one view within three seconds. */
  triggerId: string;
  /** Slack's id of this request: what it asks for is done once. */
  requestId: string;
};

/** Whether a conversation is one with the bot alone: by Slack's ids, its direct messages begin with D. */
export function isDirect(channel: string): boolean {
  return channel.startsWith("D");
}

/** What whoever asks gets to see. */
export type Reply =
  /** For them alone; for the whole channel where `share` is true. */
  | { kind: "message"; message: Message; share?: boolean }
  /** Takes the place of the message whose button was pressed. */
  | { kind: "replace"; message: Message }
  | { kind: "view"; view: ModalView }
  /** What they see says it already. */
  | { kind: "nothing" };
