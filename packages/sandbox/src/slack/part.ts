import { z } from "zod";

/** A JSON object as it went over the wire: a block, an element, a message, a view. */
export type Part = Record<string, unknown>;

export const partSchema = z.record(z.string(), z.unknown());

/** In a form, Slack's clients write an argument that is no text as JSON. */
export function fromJson(value: unknown): unknown {
  if (typeof value !== "string") return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}

/** The objects of a list; nothing where it is none. */
export function partsOf(list: unknown): Part[] {
  const found = z.array(partSchema).safeParse(list);
  return found.success ? found.data : [];
}

export function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}
