import { z } from "zod";
import { limits } from "../../limits.ts";
import type { Answer } from "../client.ts";
import { lenient } from "../lenient.ts";
import { jsonIn, ok } from "../rest.ts";
import { pathOf, type Call } from "./api.ts";
import type { DocumensoDocument } from "./document.ts";
import { readEnvelope } from "./schema.ts";

type Item = { id: string; title: string | undefined };

type Envelope = { document: DocumensoDocument; items: Item[] };

const withItems = z.object({
  envelopeItems: lenient.list({
    id: lenient.text(limits.externalId),
    title: lenient.text(limits.title),
    order: lenient.order,
  }),
});

/** The envelope with its files, which a document that is read by its number does not have. */
export async function fetchEnvelope(id: string, call: Call): Promise<Answer<Envelope>> {
  const answer = await call(pathOf(id));
  if (answer.outcome !== "ok") return answer;
  const json = jsonIn(answer.value);
  const document = readEnvelope(json);
  if (typeof document === "string") return unreadable(document);
  if (document.id !== id && pathOf(id).startsWith("/document/")) {
    return fetchEnvelope(document.id, call);
  }
  const listed = withItems.safeParse(json).data?.envelopeItems ?? [];
  const inOrder = listed.toSorted((a, b) => (a?.order ?? 0) - (b?.order ?? 0));
  const items = inOrder.flatMap((one) => (one?.id ? [{ id: one.id, title: one.title }] : []));
  return ok({ document, items });
}

export function unreadable(code: string): Answer<never> {
  return { outcome: "refused", code, message: "Documenso's answer is not a document." };
}
