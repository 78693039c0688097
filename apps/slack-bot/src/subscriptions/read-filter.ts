import type { Fault } from "./fault.ts";
import { readAmount, readEvent, readOwner, readProvider, type Asker } from "./read-value.ts";
import { ruleLimits, type Filter, type Key } from "./rule.ts";
import type { Word } from "./split-words.ts";

/** A filter that asks for the word's values, or what is wrong with them. */
export function readFilter(key: Key, word: Word, asker: Asker): Filter | Fault[] {
  const long = word.values.filter((value) => value.length > longest(key));
  if (long.length > 0) return long.map((typed) => ({ typed, problem: "value-too-long" }));
  switch (key) {
    case "event":
      return collect(word, readEvent, (found) => ({ key, values: found.flat() }));
    case "owner":
      return collect(
        word,
        (typed) => readOwner(typed, asker),
        (values) => ({ key, values }),
      );
    case "amount":
      if (hasThousands(word.values)) return [{ typed: word.typed, problem: "thousands-comma" }];
      return collect(word, readAmount, (values) => ({ key, values }));
    case "provider":
      return collect(
        word,
        (typed) => readProvider(typed, asker),
        (values) => ({ key, values }),
      );
    case "template":
    case "account":
    case "pipeline":
    case "stage":
    case "tag":
      return { key, values: word.values };
  }
}

/** `25,000` outside quotes reads as two values and is meant as one. */
function hasThousands(values: string[]): boolean {
  return values.some(
    (value, index) =>
      /^\d{3}(?!\d)/.test(value) && /(?:^|\D)\d{1,3}$/.test(values[index - 1] ?? ""),
  );
}

function longest(key: Key): number {
  return key === "owner" ? ruleLimits.email : ruleLimits.text;
}

/** All values, or all faults. */
function collect<Value>(
  { values }: Word,
  read: (typed: string) => { value: Value } | Fault,
  toFilter: (values: Value[]) => Filter,
): Filter | Fault[] {
  const found = values.map(read);
  const faults = found.filter((one) => "problem" in one);
  if (faults.length > 0) return faults;
  return toFilter(found.flatMap((one) => ("value" in one ? [one.value] : [])));
}
