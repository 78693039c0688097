import { quoteLimits } from "../blocks/limits.ts";
import { quote } from "../blocks/text.ts";

export function titleWords(title: string | null, length: number = quoteLimits.title): string {
  const quoted = quote(title ?? "", length);
  return quoted === "" ? "Untitled contract" : quoted;
}

export function personWords(name: string | null): string {
  const quoted = quote(name ?? "", quoteLimits.name);
  return quoted === "" ? "Somebody" : quoted;
}

/** A few of them by name, the others by number: "Ann Lee, Bob Roy and 3 more". */
export function peopleWords(names: readonly (string | null)[]): string {
  const named = names.slice(0, quoteLimits.people).map(personWords);
  const left = names.length - named.length;
  const all = left > 0 ? [...named, `${left} more`] : named;
  const last = all.pop() ?? personWords(null);
  return all.length === 0 ? last : `${all.join(", ")} and ${last}`;
}

/** Closed by a full stop, unless somebody's own words have closed it. */
export function sentence(words: string): string {
  return /[.!?…]\u2069?$/.test(words) ? words : `${words}.`;
}

/** `1 contract`, `2 contracts`. */
export function countWords(count: number, one: string, many = `${one}s`): string {
  return `${new Intl.NumberFormat("en").format(count)} ${count === 1 ? one : many}`;
}

/** What stands for those left out of a list. */
export function moreWords(count: number): string {
  return `and ${count} more`;
}
