import type { ModalView } from "@slack/types";
import type { Asking } from "../asking.ts";
import type { Message } from "../blocks/message.ts";
import type { Ports } from "../ports.ts";

/** What was filled into a modal, by block id and action id. */
export type Filled = Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;

/** What comes of handing a modal in. */
export type Outcome =
  /** It closes; `tell` goes to whoever handed it in. */
  | { kind: "close"; tell?: Message }
  /** It stays; by block id, what is wrong with the entry. */
  | { kind: "errors"; errors: Record<string, string> }
  | { kind: "update"; view: ModalView };

/** What happens when a modal with this callback id is handed in. */
export type Submission = {
  id: string;
  submit(
    given: { filled: Filled; privateMetadata: string },
    asking: Asking,
    ports: Ports,
  ): Promise<Outcome>;
};
