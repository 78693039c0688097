import { limits } from "../../limits.ts";
import { lenient, textOf } from "../lenient.ts";
import { firstAt } from "../paths.ts";
import type { Settings } from "./settings.ts";

export type ReadRecipient = {
  key: string;
  name: string | undefined;
  email: string | undefined;
  role: string | undefined;
  order: number | undefined;
  status: string | undefined;
  sentAt: string | undefined;
  viewedAt: string | undefined;
  signedAt: string | undefined;
  declinedAt: string | undefined;
  reason: string | undefined;
};

/** Everybody on the list, each once, or undefined where there is no list. */
export function recipientsIn(body: object, settings: Settings): ReadRecipient[] | undefined {
  const list = firstAt(body, settings.paths.recipients, (value) =>
    Array.isArray(value) ? value : undefined,
  );
  const read = list
    ?.slice(0, limits.recipients)
    .flatMap((item) => recipientIn(item, settings) ?? []);
  return read && [...new Map(read.map((one) => [one.key, one])).values()];
}

/** Whom the event names, by the key they have in the list. */
export function actorIn(
  body: object,
  listed: ReadRecipient[],
  settings: Settings,
): ReadRecipient | undefined {
  const named = firstAt(body, settings.paths.actor, (value) => recipientIn(value, settings));
  if (named === undefined) return undefined;
  const same = listed.find((one) => one.key === named.key || isSameEmail(one, named));
  return { ...named, key: same?.key ?? named.key };
}

/** A recipient, of whom an e-mail address alone will do. */
function recipientIn(value: unknown, settings: Settings): ReadRecipient | undefined {
  const { recipient: paths } = settings.paths;
  const source = typeof value === "string" ? { email: value, id: value.toLowerCase() } : value;
  const at = <Found>(names: string[], read: (inner: unknown) => Found | undefined) =>
    firstAt(source, names, read);
  const text = (names: string[], length: number) => at(names, (inner) => textOf(inner, length));
  const instant = (names: string[]) => at(names, (inner) => lenient.instant.parse(inner));
  const key = text(paths.key, limits.externalId);
  if (key === undefined) return undefined;
  return {
    key: key.includes("@") ? key.toLowerCase() : key,
    name: text(paths.name, limits.name),
    email: text(paths.email, limits.email),
    role: text(paths.role, limits.name),
    order: at(paths.order, (inner) => lenient.order.parse(inner)),
    status: text(paths.status, limits.note)?.toLowerCase(),
    sentAt: instant(paths.sentAt),
    viewedAt: instant(paths.viewedAt),
    signedAt: instant(paths.signedAt),
    declinedAt: instant(paths.declinedAt),
    reason: text(paths.reason, limits.reason),
  };
}

function isSameEmail(a: ReadRecipient, b: ReadRecipient): boolean {
  return a.email !== undefined && a.email.toLowerCase() === b.email?.toLowerCase();
}
