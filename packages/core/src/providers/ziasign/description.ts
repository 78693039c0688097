import type { ContractDescription } from "../../contract-event.ts";
import { limits } from "../../limits.ts";
import type { Happening } from "../facts.ts";
import { fieldsOf, known } from "../lenient.ts";
import type { Message } from "./message.ts";
import type { Settings } from "./settings.ts";
import type { Signer } from "./signers.ts";

/** `[hubspot_deal_id:1001]`: how a title carries a field, since ZiaSign's API takes no metadata. */
const tag = /\s{0,8}\[([a-z][a-z0-9]*(?:_[a-z0-9]+)+):\s*([^[\]\s]+)\s*\]/gi;

/** What a body says the document is, if anything, as of its last change or else of the event. */
export function description(
  message: Message,
  signers: Signer[] | undefined,
  reportedAt: string,
  settings: Settings,
): Happening[] {
  const described = describe(message, signers, settings);
  if (Object.keys(described).length === 0) return [];
  const { updatedAt } = message.document;
  return [
    {
      type: "contract.noted",
      at: updatedAt ?? reportedAt,
      mark: updatedAt ?? message.at ?? "",
      note: "described",
      description: described,
    },
  ];
}

function describe(
  message: Message,
  signers: Signer[] | undefined,
  settings: Settings,
): ContractDescription {
  const { document } = message;
  const written = document.name ?? document.title;
  const sender = firstOf(message, (part) => part.sender);
  return known({
    title: written?.replaceAll(tag, "").trim() || written,
    sender: sender && known(sender),
    fields: fieldsIn(message, written ?? ""),
    amount: firstOf(message, amountIn),
    url: settings.documentUrl?.replaceAll("{id}", encodeURIComponent(message.documentId)),
    expiresAt: document.expiresAt ?? document.expirationDate,
    recipients: signers?.map(({ key, name, email, role, order }) =>
      known({ key, name, email, role, order }),
    ),
    recipientsAreComplete: signers && signers.length < limits.recipients,
  });
}

function firstOf<Found>(
  message: Message,
  read: (part: Message["document"]) => Found | undefined,
): Found | undefined {
  return message.parts.map(read).find((found) => found !== undefined);
}

/** Tags of the title, then metadata and custom fields, which win. Undefined where none of them is there. */
function fieldsIn(message: Message, title: string): Record<string, string> | undefined {
  const tags = [...title.matchAll(tag)].map(([, name, value]) => [name, value] as const);
  const metadata = firstOf(message, (part) => part.metadata);
  const custom = firstOf(message, (part) => part.customFields);
  if (tags.length === 0 && !metadata && !custom) return undefined;
  return fieldsOf([...tags, ...Object.entries(metadata ?? {}), ...Object.entries(custom ?? {})]);
}

function amountIn(part: Message["document"]): ContractDescription["amount"] {
  const value = part.amount?.value ?? part.amount?.amount;
  if (value === undefined) return undefined;
  return { value, currency: part.amount?.currency ?? part.currency ?? null };
}
