import { z } from "zod";
import { fromMillis, toInstant } from "../instant.ts";
import { clip, limits } from "../limits.ts";

/** A scalar as trimmed text of at most `length` units; what is empty or no scalar says nothing. */
export function textOf(value: unknown, length: number): string | undefined {
  if (typeof value !== "string" && typeof value !== "number" && typeof value !== "boolean") {
    return undefined;
  }
  return clip(String(value).trim(), length) || undefined;
}

/** A key may be missing; zod would demand a plain `z.unknown()`. */
const anything = z.unknown().optional();

/** Schemas for foreign data: a wrong type reads as absent, and never makes the rest unreadable. */
export const lenient = {
  read: <Read>(read: (value: unknown) => Read) => anything.transform(read),
  /** What `change` makes of the value, read by the schema. */
  first: <Schema extends z.ZodType>(change: (value: unknown) => unknown, schema: Schema) =>
    anything.transform((value) => schema.parse(change(value))),
  text: (length: number) => anything.transform((value) => textOf(value, length)),
  /** A vendor's word from a fixed set, in lower case. */
  word: anything.transform((value) => textOf(value, limits.note)?.toLowerCase()),
  email: anything.transform((value) => textOf(value, limits.email)),
  /** See toInstant; a number is seconds or milliseconds since 1970. */
  instant: anything.transform(instantOf),
  /** A place in the signing order: a whole number from 1. */
  order: anything.transform(orderOf),
  object: <Shape extends z.ZodRawShape>(shape: Shape) =>
    z.object(shape).optional().catch(undefined),
  list: <Shape extends z.ZodRawShape>(shape: Shape) =>
    z.array(z.object(shape).nullable().catch(null)).optional().catch(undefined),
};

function instantOf(value: unknown): string | undefined {
  if (typeof value !== "number") return toInstant(value) ?? undefined;
  return fromMillis(value < 100_000_000_000 ? value * 1000 : value) ?? undefined;
}

function orderOf(value: unknown): number | undefined {
  const order = Number(textOf(value, limits.note));
  return Number.isSafeInteger(order) && order > 0 && order < 1_000_000 ? order : undefined;
}

/** Custom fields by name; what has no name or no scalar value is left out. */
export function fieldsOf(entries: Iterable<readonly [unknown, unknown]>): Record<string, string> {
  const fields = new Map<string, string>();
  for (const [rawName, rawValue] of entries) {
    const name = textOf(rawName, limits.fieldName);
    const value = textOf(rawValue, limits.fieldValue);
    if (name === undefined || value === undefined || name === "__proto__") continue;
    if (fields.size < limits.fields) fields.set(name, value);
  }
  return Object.fromEntries(fields);
}

type Known<T> = {
  [K in keyof T as undefined extends T[K] ? never : K]: T[K];
} & { [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined> };

/** Without the keys that are undefined: absent and undefined are one to us, not to the type checker. */
export function known<T extends object>(value: T): Known<T>;
export function known(value: object): object {
  return Object.fromEntries(Object.entries(value).filter(([, inner]) => inner !== undefined));
}

/** The body as text. Bytes that are no UTF-8 become U+FFFD; a byte order mark goes. */
export function textIn(body: Uint8Array): string {
  return utf8.decode(body);
}

const utf8 = new TextDecoder("utf-8");
