import type { ContractDescription } from "../../contract-event.ts";
import { limits } from "../../limits.ts";
import { fieldsInExternalId } from "../external-id.ts";
import type { Happening } from "../facts.ts";
import { fieldsOf, known, lenient, textOf } from "../lenient.ts";
import type { Message } from "./message.ts";
import { firstAt } from "../paths.ts";
import type { Settings } from "./settings.ts";

/** What a body says the contract is, if anything. */
export function description(message: Message, reportedAt: string, settings: Settings): Happening[] {
  const said = describe(message, settings);
  if (Object.keys(said).length === 0) return [];
  return [
    {
      type: "contract.noted",
      at: reportedAt,
      mark: message.deliveryId ?? message.at ?? "",
      note: "described",
      description: said,
    },
  ];
}

function describe(message: Message, settings: Settings): ContractDescription {
  const { body, recipients, actor } = message;
  const { paths } = settings;
  const text = (names: string[], length: number) =>
    firstAt(body, names, (value) => textOf(value, length));
  const sender = known({
    name: text(paths.senderName, limits.name),
    email: text(paths.senderEmail, limits.email),
  });
  return known({
    title: text(paths.title, limits.title),
    sender: Object.keys(sender).length === 0 ? undefined : sender,
    fields: fieldsIn(body, settings),
    amount: amountIn(body, settings),
    url: urlIn(message, settings),
    expiresAt: firstAt(body, paths.expiresAt, (value) => lenient.instant.parse(value)),
    recipients: (recipients ?? (actor && [actor]))?.map(({ key, name, email, role, order }) =>
      known({ key, name, email, role, order }),
    ),
    recipientsAreComplete: recipients && isComplete(recipients.length, settings),
  });
}

function isComplete(count: number, settings: Settings): boolean {
  return settings.recipientsAreComplete && count < limits.recipients;
}

/** Of an object, or of a list of `{ name, value }`; then what the external id holds, which loses to them. */
function fieldsIn(body: object, { paths }: Settings): Record<string, string> | undefined {
  const external = firstAt(body, paths.externalId, (value) => textOf(value, limits.fieldValue));
  const entries = firstAt(body, paths.fields, entriesIn);
  if (external === undefined && entries === undefined) return undefined;
  return fieldsOf([...fieldsInExternalId(external), ...(entries ?? [])]);
}

function entriesIn(value: unknown): [unknown, unknown][] | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  if (!Array.isArray(value)) return Object.entries(value);
  return value.map((item) => {
    const field = new Map(Object.entries(Object(item)));
    return [field.get("name"), field.get("value")];
  });
}

function amountIn(body: object, { paths }: Settings): ContractDescription["amount"] {
  const value = firstAt(body, paths.amount, (found) => {
    const figure = Number(textOf(found, limits.note) ?? NaN);
    return Number.isFinite(figure) ? figure : undefined;
  });
  const currency = firstAt(body, paths.currency, (found) => textOf(found, limits.note));
  return value === undefined ? undefined : { value, currency: currency ?? null };
}

function urlIn(message: Message, { paths, contractUrl }: Settings): string | undefined {
  const own = firstAt(message.body, paths.url, (value) => textOf(value, limits.url));
  return own ?? contractUrl?.replaceAll("{id}", encodeURIComponent(message.contractId));
}
