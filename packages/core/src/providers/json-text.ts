/** How deep a body may be nested. The vendors' own stay below 20. */
const deepest = 100;

/** Objects, lists and members that a body may have. The vendors' own have some thousands at the most. */
const mostParts = 250_000;

/** The JSON object in a text, or null where there is none. `whyUnread` says why. */
export function jsonObjectIn(text: string): object | null {
  const value = parseJson(text);
  return typeof value === "object" && !Array.isArray(value) ? value : null;
}

/**
 * The JSON in a text, or null where it is none, or more than anything that we read. That is looked at before
 * the parser makes objects of it: 24 MB of brackets take it four seconds and a gigabyte.
 */
export function parseJson(text: string): unknown {
  if (excessIn(text) !== null) return null;
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** Why a text could not be read as JSON. */
export function whyUnread(text: string): "not-json" | "too-deeply-nested" | "too-many-parts" {
  return excessIn(text) ?? "not-json";
}

function excessIn(text: string): "too-deeply-nested" | "too-many-parts" | null {
  const opened = countOf("{", text) + countOf("[", text);
  if (opened > mostParts) return "too-many-parts";
  if (opened > deepest && isTooDeep(text)) return "too-deeply-nested";
  if (text.length <= mostParts) return null;
  return opened + countOf(",", text) > mostParts ? "too-many-parts" : null;
}

/** Also counts what stands inside strings. Counts no further than matters. */
function countOf(character: string, text: string): number {
  let count = 0;
  let place = text.indexOf(character);
  while (place !== -1 && count <= mostParts) {
    count += 1;
    place = text.indexOf(character, place + 1);
  }
  return count;
}

/** Says nothing of whether it is JSON at all. */
function isTooDeep(text: string): boolean {
  let depth = 0;
  for (let place = 0; place < text.length; place += 1) {
    const character = text.charAt(place);
    if (character === '"') {
      place = endOfString(text, place);
      if (place === -1) return false;
    } else if (character === "{" || character === "[") {
      depth += 1;
      if (depth > deepest) return true;
    } else if (character === "}" || character === "]") {
      depth -= 1;
    }
  }
  return false;
}

/** The place of the quote that ends the string that begins at `start`, or -1. */
function endOfString(text: string, start: number): number {
  let end = text.indexOf('"', start + 1);
  while (end !== -1 && isEscaped(text, end)) end = text.indexOf('"', end + 1);
  return end;
}

function isEscaped(text: string, place: number): boolean {
  let before = place - 1;
  while (text.charAt(before) === "\\") before -= 1;
  return (place - before) % 2 === 0;
}
