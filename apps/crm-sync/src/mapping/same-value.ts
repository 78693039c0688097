import type { FieldValue } from "./mapping.ts";

/**
 * Whether what stands in a field is what is wanted. CRMs trim text, write numbers in their own way, and show
 * a date as a date or as its midnight in UTC. Moments are the same within a second: Salesforce keeps no
 * fraction of one (developer.salesforce.com, SOAP API, "Primitive Data Types": dateTime).
 */
export function isSame(current: FieldValue | null, wanted: FieldValue | null): boolean {
  if (current === null || wanted === null) return isBlank(current) && isBlank(wanted);
  const [a, b] = [String(current).trim(), String(wanted).trim()];
  if (a === b) return true;
  if (typeof current === "number" || typeof wanted === "number") {
    return a !== "" && b !== "" && Number(a) === Number(b);
  }
  const [one, other] = [secondOf(a), secondOf(b)];
  return one !== null && one === other;
}

export function isBlank(value: FieldValue | null): boolean {
  return value === null || (typeof value === "string" && value.trim() === "");
}

const dayOrMoment = /^\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:?\d\d))?$/;

/** In whole seconds since 1970. */
function secondOf(text: string): number | null {
  if (!dayOrMoment.test(text)) return null;
  const instant = Date.parse(text.replace(/([+-]\d\d)(\d\d)$/, "$1:$2"));
  return Number.isNaN(instant) ? null : Math.floor(instant / 1000);
}
