import { limits } from "../limits.ts";
import { jsonObjectIn } from "./json-text.ts";

/**
 * Fields out of a lone external id, for vendors that have nothing else to carry a CRM's id: the text itself
 * as `external_id`, and what it spells as a JSON object or as pairs: `hubspot_deal_id=1001; owner:7`.
 */
export function fieldsInExternalId(text: string | undefined): [string, unknown][] {
  return text === undefined ? [] : [["external_id", text], ...spelled(text)];
}

function spelled(text: string): [string, unknown][] {
  const object = jsonObjectIn(text);
  if (object !== null) return Object.entries(object);
  const pairs = text.slice(0, limits.fieldValue).split(/[;,&]/);
  return pairs.flatMap((pair) => {
    const [, name, value] = /^\s*([a-z]\w*)\s*[=:]\s*([^\s"]+)\s*$/i.exec(pair) ?? [];
    return name === undefined ? [] : [[name, value]];
  });
}

/**
 * The text with the field in it, changed or, with null, without it. Null where nothing is left; undefined where
 * the text is something of its own, such as an order's number, which must stay as it is.
 */
export function withField(
  text: string | undefined,
  name: string,
  value: string | null,
): string | null | undefined {
  if (name === "external_id") return value;
  const pair = value === null ? [] : [`${name}=${value}`];
  if (text === undefined) return pair[0] ?? null;
  const object = jsonObjectIn(text);
  if (object !== null) return inObject(text, object, name, value);
  const parts = text.split(/[;,&]/);
  const names = parts.map((part) => /^\s*([a-z]\w*)\s*=\s*[^\s"]+\s*$/i.exec(part)?.[1]);
  if (names.includes(undefined)) return undefined;
  if (!names.includes(name)) return [text, ...pair].join(";");
  const others = parts.filter((_part, index) => names[index] !== name);
  return [...others, ...pair].join(";") || null;
}

/** What we would not write as it is, such as numbers of twenty digits, would not stay as it is. */
function inObject(text: string, object: object, name: string, value: string | null) {
  if (JSON.stringify(object) !== text) return undefined;
  const others = Object.entries(object).filter(([key]) => key !== name);
  if (value === null && others.length === 0) return null;
  return JSON.stringify(Object.fromEntries(value === null ? others : [...others, [name, value]]));
}
