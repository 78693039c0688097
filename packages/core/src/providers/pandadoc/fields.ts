import { z } from "zod";
import { limits } from "../../limits.ts";
import type { Answer, FieldCalls, HttpAnswer, OpenedField } from "../client.ts";
import { lenient } from "../lenient.ts";
import { jsonIn, ok, taken } from "../rest.ts";
import { fieldsIn, fieldOfLink } from "./description.ts";
import { readDetails } from "./schema.ts";

type Calls = {
  call: (path: string, body?: object) => Promise<Answer<HttpAnswer>>;
  remove: (path: string) => Promise<Answer<HttpAnswer>>;
};

/** A record of a CRM, as PandaDoc names it: developers.pandadoc.com/reference/document-link-to-crm. */
type Kind = { provider: string; entity_type: string };

/**
 * A CRM's record as a linked object, which "a document in any status" takes, one for each CRM, where PandaDoc is
 * connected with that CRM. Metadata can be changed in drafts alone.
 */
export function fieldsOf(calls: Calls, { salesforce }: { salesforce: string }): FieldCalls {
  const kinds = new Map<string, Kind>([
    ["hubspot_deal_id", { provider: "hubspot", entity_type: "deal" }],
    ["salesforce_opportunity_id", { provider: salesforce, entity_type: "opportunity" }],
  ]);
  return {
    afterEnd: true,
    async open(id, name) {
      const path = `/public/v1/documents/${encodeURIComponent(id)}`;
      const answer = await calls.call(`${path}/details`);
      if (answer.outcome !== "ok") return answer;
      const document = readDetails(answer.value.body);
      if (typeof document === "string") {
        const message = "PandaDoc's answer is not a document.";
        return { outcome: "refused", code: document, message };
      }
      const value = fieldsIn(document)?.[name] ?? null;
      const links = `${path}/linked-objects`;
      const own = linkIdIn(jsonIn(answer.value), name);
      return ok({ value, ...writing(calls, links, own, { name, kind: kinds.get(name) }) });
    },
  };
}

function writing(
  { call, remove }: Calls,
  links: string,
  own: string | null,
  { name, kind }: { name: string; kind: Kind | undefined },
): Pick<OpenedField, "obstacle" | "write"> {
  return {
    obstacle:
      kind === undefined
        ? `PandaDoc links a sent document to a deal as hubspot_deal_id or salesforce_opportunity_id alone, not as ${name}.`
        : null,
    async write(value) {
      const removed = own === null ? ok(null) : await remove(`${links}/${encodeURIComponent(own)}`);
      if (removed.outcome !== "ok" && removed.outcome !== "missing") return removed;
      if (value === null) return ok(null);
      return taken(await call(links, { ...kind, entity_id: value }));
    },
  };
}

const details = z.object({
  linked_objects: lenient.list({
    id: lenient.text(limits.externalId),
    provider: lenient.word,
    entity_type: lenient.word,
  }),
});

/** The id of the link that stands for the field, which a document has once at most. */
function linkIdIn(json: unknown, name: string): string | null {
  const { linked_objects: links = [] } = details.safeParse(json).data ?? {};
  const own = links.find(
    (one) => one !== null && fieldOfLink(one.provider, one.entity_type) === name,
  );
  return own?.id ?? null;
}
