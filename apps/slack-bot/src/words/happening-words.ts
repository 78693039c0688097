import type { EventType } from "@countersign/core";
import { quoteLimits } from "../blocks/limits.ts";
import { quote } from "../blocks/text.ts";
import type { Happening } from "../contracts/moments.ts";
import { personWords } from "./name-words.ts";

const happeningWords: Record<EventType, (who: string) => { emoji: string; words: string }> = {
  "contract.created": () => ({ emoji: "📝", words: "The contract was created" }),
  "contract.sent": () => ({ emoji: "📨", words: "The contract was sent" }),
  "contract.viewed": () => ({ emoji: "👀", words: "The contract was viewed" }),
  "contract.completed": () => ({ emoji: "✅", words: "The contract is completed" }),
  "contract.declined": () => ({ emoji: "❌", words: "The contract was declined" }),
  "contract.voided": () => ({ emoji: "🚫", words: "The contract was voided" }),
  "contract.expired": () => ({ emoji: "⌛", words: "The contract expired" }),
  "contract.corrected": () => ({ emoji: "✏️", words: "The contract was corrected" }),
  "contract.noted": () => ({ emoji: "📝", words: "The contract was noted" }),
  "recipient.sent": (who) => ({ emoji: "📨", words: `The contract went to ${who}` }),
  "recipient.viewed": (who) => ({ emoji: "👀", words: `${who} viewed it` }),
  "recipient.signed": (who) => ({ emoji: "✍️", words: `${who} signed` }),
  "recipient.declined": (who) => ({ emoji: "❌", words: `${who} declined to sign` }),
  "recipient.reassigned": (who) => ({ emoji: "↪️", words: `${who} handed it to somebody else` }),
  "recipient.bounced": (who) => ({ emoji: "⚠️", words: `The mail to ${who} bounced` }),
  "recipient.auth_failed": (who) => ({
    emoji: "⚠️",
    words: `${who} failed to prove who they are`,
  }),
};

/** What happened, with its reason, to be followed by the time. */
export function happeningSentence({ type, who, reason }: Omit<Happening, "at">): {
  emoji: string;
  words: string;
} {
  const { emoji, words } = happeningWords[type](personWords(who));
  const why = quote(reason ?? "", quoteLimits.partyReason);
  return { emoji, words: why === "" ? words : `${words}: ${why}` };
}

export const summaryWords = {
  head: (count: number) => `${count} things happened before they could be told here`,
};
