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

/**
 * How each lenient schema reads, so that whole objects are read by plain calls: zod takes five times as long
 * for a body, and every webhook has one.
 */
const readers = new WeakMap<z.ZodType, (value: unknown) => unknown>();

function readBy<Read>(read: (value: unknown) => Read) {
  const schema = anything.transform(read);
  readers.set(schema, read);
  return schema;
}

/** Schemas for foreign data: a wrong type reads as absent, and never makes the rest unreadable. */
export const lenient = {
  read: readBy,
  /** What `change` makes of the value, read by the schema. */
  first: <Schema extends z.ZodType>(change: (value: unknown) => unknown, schema: Schema) =>
    readBy((value) => schema.parse(change(value))),
  text: (length: number) => readBy((value) => textOf(value, length)),
  /** A vendor's word from a fixed set, in lower case. */
  word: readBy((value) => textOf(value, limits.note)?.toLowerCase()),
  email: readBy((value) => textOf(value, limits.email)),
  /** See toInstant; a number is seconds or milliseconds since 1970, also as text of 10 or 13 digits. */
  instant: readBy(instantOf),
  /** A place in the signing order: a whole number from 1. */
  order: readBy(orderOf),
  object: <Shape extends z.ZodRawShape>(shape: Shape) => readBy(objectReader(shape)),
  /** What is no such object in the list reads as null. */
  list: <Shape extends z.ZodRawShape>(shape: Shape) => {
    const read = objectReader(shape);
    return readBy((value) =>
      Array.isArray(value) ? value.map((one) => read(one) ?? null) : undefined,
    );
  },
};

function objectReader<Shape extends z.ZodRawShape>(
  shape: Shape,
): (value: unknown) => z.infer<z.ZodObject<Shape>> | undefined;
function objectReader(shape: Record<string, z.ZodType>) {
  const fields = Object.entries(shape).map(([name, schema]) => ({ name, read: readerOf(schema) }));
  return (value: unknown): object | undefined => {
    if (!isObject(value)) return undefined;
    const object: Record<string, unknown> = {};
    for (const { name, read } of fields) {
      const inner = read(value[name]);
      if (inner === unread) return undefined;
      object[name] = inner;
    }
    return object;
  };
}

function readerOf(schema: z.ZodType): (value: unknown) => unknown {
  const known = readers.get(schema);
  if (known !== undefined) return known;
  if (schema instanceof z.ZodUnknown) return (value) => value;
  return (value) => {
    const { success, data } = schema.safeParse(value);
    return success ? data : unread;
  };
}

/** A schema that is not lenient did not find what it demands: then its whole object reads as absent. */
const unread = Symbol("unread");

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function instantOf(value: unknown): string | undefined {
  const isDigits = typeof value === "string" && /^\s*\d{10}(?:\d{3})?\s*$/.test(value);
  const since = isDigits ? Number(value) : value;
  if (typeof since !== "number") return toInstant(since) ?? undefined;
  return fromMillis(since < 100_000_000_000 ? since * 1000 : since) ?? undefined;
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
export function known(value: Record<string, unknown>): object {
  const kept: Record<string, unknown> = {};
  for (const key in value) if (value[key] !== undefined) kept[key] = value[key];
  return kept;
}

/** The body as text. Bytes that are no UTF-8 become U+FFFD; a byte order mark goes. */
export function textIn(body: Uint8Array): string {
  return utf8.decode(body);
}

const utf8 = new TextDecoder("utf-8");
