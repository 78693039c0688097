import type { Asking, Reply } from "../asking.ts";
import type { Ports } from "../ports.ts";

/** What a person finds in Slack's own menus: of the whole workspace, or of one message. */
export type Shortcut = {
  id: string;
  kind: "global" | "message";
  /** As the menu has it; at most 24 characters. */
  name: string;
  /** At most 150 characters. */
  description: string;
  run(
    /** The message that it was used on; its text, and the contract that our metadata names. */
    on: { channel: string; ts: string; text: string; contractId: string | null } | null,
    asking: Asking,
    ports: Ports,
  ): Promise<Reply>;
};
