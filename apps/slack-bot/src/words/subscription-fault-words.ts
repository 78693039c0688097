// What is wrong with a subscription as it was typed, and what to type instead.

import { quote } from "../blocks/text.ts";
import type { Fault } from "../subscriptions/fault.ts";
import { ruleLimits } from "../subscriptions/rule.ts";

/** What was typed, what is wrong with it, and what to do: plain text, to be shown literally. */
export function faultSentence(fault: Fault): string {
  const typed = `“${quote(fault.typed, 60)}”`;
  switch (fault.problem) {
    case "text-too-long":
      return "This is too long to read. Make two subscriptions of it.";
    case "value-too-long":
      return `${typed} is too long for one value. A few words of it do.`;
    case "too-many-values":
      return `${typed} names more than ${ruleLimits.values} values. Make two subscriptions of it.`;
    case "open-quote":
      return `The quote in ${typed} is never closed. Close it where the words end.`;
    case "thousands-comma":
      return `${typed} has a comma, and a comma parts two values. Write 25000 or 25k.`;
    case "unreadable-amount":
      return `${typed} is no amount. Write it as >25k, <=1m, 10k..50k or 25000eur.`;
    case "empty-range":
      return `No amount is ${typed}. Write the smaller end first, as in 10k..50k.`;
    case "unknown-person":
      return `${typed} names nobody I know. Write @ and pick the person from Slack's list, or write an e-mail address, or me.`;
    case "unreadable-time":
      return `${typed} is no time of day. Write it as at:09:00.`;
    case "nothing-left":
      return `${typed} leaves out every event that it asks for. Take one of them off the left-out ones.`;
    case "no-filter":
      return `${typed} is no filter: a filter is a key, a colon and a value, as in template:NDA.${meant(fault.nearest)}`;
    case "unknown-key":
      return `${typed} asks for something I do not know.${meant(fault.nearest, ":")}`;
    case "no-value":
      return `${typed} says nothing behind its colon. Write it as ${examples.get(fault.key) ?? `${fault.key}:…`}.`;
    case "signed-option":
      return `${typed} takes no + or -. Write ${examples.get(fault.key) ?? fault.key}.`;
    case "given-twice":
      return `${typed} says ${fault.key} more than once. Keep one.`;
    case "unknown-value":
      return unknownValue(typed, fault);
    case "other-mode":
      return `${typed} means something with mode:${fault.mode} only. Add that, or leave it out.`;
  }
}

function meant(nearest: string | null, after = ""): string {
  return nearest === null ? "" : ` Did you mean “${nearest}${after}”?`;
}

function unknownValue(
  typed: string,
  { key, nearest, known }: Extract<Fault, { problem: "unknown-value" }>,
): string {
  const wrong = `${typed} is nothing that ${key} can be.`;
  if (nearest !== null) return `${wrong}${meant(`${key}:${quote(nearest, 60)}`)}`;
  return `${wrong} It can be: ${known.map((one) => quote(one, 60)).join(", ")}.`;
}

/** How each key is written. */
const examples = new Map([
  ["event", "event:completed,declined"],
  ["template", "template:NDA"],
  ["owner", "owner:@name"],
  ["amount", "amount:>25k"],
  ["provider", "provider:docusign"],
  ["account", 'account:"Acme Ltd"'],
  ["pipeline", 'pipeline:"New business"'],
  ["stage", 'stage:"Closed won"'],
  ["tag", "tag:renewal"],
  ["mode", "mode:thread, mode:card, mode:list or mode:digest"],
  ["broadcast", "broadcast:on or broadcast:off"],
  ["at", "at:09:00"],
  ["days", "days:weekdays, days:daily or days:weekly"],
]);
