import { z } from "zod";
import type { HttpAnswer, HttpCall } from "../client.ts";
import { jsonObjectIn } from "../json-text.ts";
import type { VendorAnswer, VendorContract } from "../vendor-side.ts";
import { linkable, linksOf } from "./vendor-document.ts";

/** As openapi.yaml v8.8.0 has the body of createLinkedObject. */
const sent = z.strictObject({
  provider: z.string(),
  entity_type: z.string(),
  entity_id: z.string().min(1),
});

/** GET, POST and DELETE of `…/linked-objects`: "You can only link each document to each CRM once." */
export function answerLinks(
  { method, body }: HttpCall,
  path: string,
  { walk }: VendorContract,
): VendorAnswer {
  const { records = {} } = walk;
  if (method === "GET") return json(200, { linked_objects: linksOf(walk) });
  if (method === "DELETE") {
    const name = path.replace("linked-objects/link-", "");
    if (!(name in records)) return json(404, { type: "request_error", detail: "Not found" });
    const { [name]: _removed, ...others } = records;
    return { ...json(204, null), changed: { ...walk, records: others } };
  }
  const { data } = sent.safeParse(jsonObjectIn(body ?? ""));
  const [name] = [...linkable].find(([, one]) => one.provider === data?.provider) ?? [];
  if (data === undefined || name === undefined) return invalid("provider is not supported");
  if (linkable.get(name)?.entity_type !== data.entity_type) return invalid("entity_type is wrong");
  if (name in records) return invalid("The document is linked to this CRM already");
  const changed = { ...walk, records: { ...records, [name]: data.entity_id } };
  const made = linksOf(changed).find(({ id }) => id === `link-${name}`);
  return { ...json(200, { ...made }), changed };
}

function invalid(detail: string): HttpAnswer {
  return json(400, { type: "validation_error", detail });
}

function json(status: number, body: object | null): HttpAnswer {
  const headers = { "content-type": "application/json" };
  const bytes = body === null ? new Uint8Array() : Buffer.from(JSON.stringify(body));
  return { status, headers, body: bytes };
}
