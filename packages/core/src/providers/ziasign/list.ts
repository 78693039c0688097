import { limits } from "../../limits.ts";
import { lenient, textOf } from "../lenient.ts";
import type { Page } from "../rest.ts";

/** Where an answer may have its list, if it is not the list itself. */
const listNames = ["data", "documents", "items", "results"];

/**
 * The ids of a page that changed since then. Pages come latest first, so a page that reaches further back,
 * or is not full, is the last. What shows no time of its change counts as changed.
 */
export function changedSince(
  answer: unknown,
  since: Date,
  { idNames, pageSize }: { idNames: string[]; pageSize: number },
): Page<string> {
  const documents = listIn(answer);
  const changed = documents.filter((document) => {
    const at = lenient.instant.parse(field(document, "updatedAt") ?? field(document, "updated_at"));
    return at === undefined || at >= since.toISOString();
  });
  return {
    items: changed.flatMap((document) => idOf(document, idNames) ?? []),
    more: documents.length >= pageSize && changed.length === documents.length,
  };
}

function listIn(answer: unknown): unknown[] {
  if (Array.isArray(answer)) return answer;
  for (const name of listNames) {
    const inner = field(answer, name);
    if (Array.isArray(inner)) return inner;
    const nested = listNames.map((one) => field(inner, one)).find((one) => Array.isArray(one));
    if (Array.isArray(nested)) return nested;
  }
  return [];
}

function idOf(document: unknown, names: string[]): string | undefined {
  return names
    .map((name) => textOf(field(document, name), limits.externalId))
    .find((id) => id !== undefined);
}

function field(value: unknown, name: string): unknown {
  if (typeof value !== "object" || value === null) return undefined;
  return Object.getOwnPropertyDescriptor(value, name)?.value;
}
