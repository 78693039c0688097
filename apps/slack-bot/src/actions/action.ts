import type { Asking, Reply } from "../asking.ts";
import type { Ports } from "../ports.ts";

/** A button or menu that was used, in a message, a view or App Home. */
export type Use = {
  /** The button's value, or the chosen option's; empty where it has none. */
  value: string;
  /** Every value of an element that takes several. */
  values: readonly string[];
  /** The message that it stands in. */
  message: { channel: string; ts: string } | null;
  /** The view that it stands in. */
  view: {
    id: string;
    hash: string;
    callbackId: string;
    privateMetadata: string;
    type: "modal" | "home";
  } | null;
};

/** What happens when a button or menu is used whose id stands for this one (`actionOf` in blocks/action-ids.ts). */
export type Action = {
  id: string;
  run(use: Use, asking: Asking, ports: Ports): Promise<Reply>;
};
