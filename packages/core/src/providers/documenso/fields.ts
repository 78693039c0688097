import type { FieldCalls, OpenedField } from "../client.ts";
import { fieldsInExternalId, withField } from "../external-id.ts";
import { fieldsOf as readFields } from "../lenient.ts";
import { mapAnswer, taken } from "../rest.ts";
import type { Call } from "./api.ts";
import type { DocumensoDocument } from "./document.ts";
import { fetchEnvelope } from "./envelope.ts";

/**
 * Fields in a document's `externalId`, by POST /envelope/update. The title of what was sent is refused there,
 * the external id is not: packages/lib/server-only/envelope/update-envelope.ts of documenso/documenso.
 */
export function fieldsOf(call: Call): FieldCalls {
  return {
    afterEnd: true,
    open: async (id, name) =>
      mapAnswer(await fetchEnvelope(id, call), ({ document }) => opened(call, document, name)),
  };
}

function opened(call: Call, { id, externalId }: DocumensoDocument, name: string): OpenedField {
  const isTaken = withField(externalId, name, "1") === undefined;
  return {
    value: readFields(fieldsInExternalId(externalId))[name] ?? null,
    obstacle: isTaken
      ? `The document's external id is "${externalId}", which has no room for ${name}.`
      : null,
    async write(value) {
      const data = { externalId: withField(externalId, name, value) };
      return taken(await call("/envelope/update", { envelopeId: id, data }));
    },
  };
}
