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
