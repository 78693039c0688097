import type { Answer, ContractFile, HttpAnswer, OpenedFile } from "./client.ts";
import { parseJson } from "./json-text.ts";
import { textIn } from "./lenient.ts";

/** How a vendor words an error: its code and its message, where its body has them. */
export type ErrorWords = (body: unknown) => { code?: unknown; message?: unknown };

/** Asked for where a vendor says 429 without saying how long. */
const defaultWaitSeconds = 60;

/**
 * A vendor's answer as an outcome: 404 is missing, 429 is later (after `Retry-After` seconds), 401 and 403
 * are unauthorized, any other 4xx is refused in the vendor's words. Throws on what is the vendor's fault or
 * no answer of its API: 5xx and anything below 400 that is no success.
 */
export function outcomeOf(answer: HttpAnswer, words: ErrorWords): Answer<HttpAnswer> {
  const { status } = answer;
  if (status >= 200 && status < 300) return { outcome: "ok", value: answer };
  if (status < 400 || status >= 500) throw new Error(`The provider's API answered ${status}.`);
  if (status === 404) return { outcome: "missing" };
  if (status === 429) return { outcome: "later", seconds: waitIn(answer) };
  const { code, message } = words(jsonIn(answer));
  const said = typeof message === "string" ? message : `HTTP ${status}`;
  if (status === 401 || status === 403) return { outcome: "unauthorized", message: said };
  return {
    outcome: "refused",
    code: typeof code === "string" ? code : String(status),
    message: said,
  };
}

export function ok<Value>(value: Value): Answer<Value> {
  return { outcome: "ok", value };
}

/** The answer's JSON, or null where it is none. */
export function jsonIn(answer: Pick<HttpAnswer, "body">): unknown {
  return parseJson(textIn(answer.body));
}

/** That a call was taken. Throws where a success is no JSON: then something else than the API has answered. */
export function taken(answer: Answer<HttpAnswer>): Answer<null> {
  return mapAnswer(answer, (called) => {
    if (jsonIn(called) === null) throw new Error("What answered is not the provider's API.");
    return null;
  });
}

/** What an API without a type of its own for it answers with, as a file. */
export function openedFile({ headers, stream, body }: HttpAnswer): OpenedFile {
  const contentType = headers["content-type"]?.split(";")[0] ?? "application/pdf";
  return { contentType, bytes: stream ?? wholeAsStream(body) };
}

async function* wholeAsStream(body: Uint8Array): AsyncIterable<Uint8Array> {
  yield body;
}

/** A vendor's one file of all documents, whose last pages are the certificate. */
export const oneFile: readonly ContractFile[] = [{ key: "signed", kind: "signed", title: null }];

/** Two files: all documents, and the certificate by itself. */
export const twoFiles: readonly ContractFile[] = [
  ...oneFile,
  { key: "certificate", kind: "certificate", title: null },
];

/** Nothing is signed by all yet. */
export const notCompleted: Answer<never> = {
  outcome: "refused",
  code: "not-completed",
  message: "The contract is not completed: there is no signed document.",
};

function waitIn({ headers }: HttpAnswer): number {
  const seconds = Number(headers["retry-after"]);
  return Number.isFinite(seconds) && seconds > 0 ? Math.ceil(seconds) : defaultWaitSeconds;
}

/** One page of a list, and whether there is another. */
export type Page<Item> = { items: Item[]; more: boolean };

/** What all pages have, of at most `pages` pages. `fetchPage` is given numbers from 1. */
export async function allPages<Item>(
  pages: number,
  fetchPage: (number: number) => Promise<Answer<Page<Item>>>,
): Promise<Answer<Item[]>> {
  const items: Item[] = [];
  for (let number = 1; number <= pages; number += 1) {
    const answer = await fetchPage(number);
    if (answer.outcome !== "ok") return answer;
    items.push(...answer.value.items);
    if (!answer.value.more) break;
  }
  return ok(items);
}

/** The value of an answer made into another; a failure stays what it is. */
export function mapAnswer<Value, Other>(
  answer: Answer<Value>,
  change: (value: Value) => Other,
): Answer<Other> {
  return answer.outcome === "ok" ? ok(change(answer.value)) : answer;
}
