import { z } from "zod";
import { limits } from "../../limits.ts";
import type { Answer, FieldCalls, OpenedField } from "../client.ts";
import { lenient } from "../lenient.ts";
import { jsonIn, mapAnswer, ok } from "../rest.ts";
import type { Api } from "./api.ts";

const field = {
  fieldId: lenient.text(limits.externalId),
  name: lenient.text(limits.fieldName),
  value: lenient.text(limits.fieldValue),
  errorDetails: lenient.object({
    errorCode: lenient.text(limits.note),
    message: lenient.text(limits.reason),
  }),
};

const customFields = z.object({
  textCustomFields: lenient.list(field),
  listCustomFields: lenient.list(field),
});

/**
 * Text fields of an envelope, `EnvelopeCustomFields` of the eSignature REST API v2.1: "for draft and
 * in-process envelopes. Each custom field used in an envelope must have a unique name." Recipients do not see
 * them. A list's values are chosen from its own, so that one is read and never written.
 */
export function fieldsOf(api: Api): FieldCalls {
  return {
    afterEnd: false,
    async open(externalId, name) {
      const path = `/envelopes/${encodeURIComponent(externalId)}/custom_fields`;
      const answer = await api("GET", path);
      return mapAnswer(answer, (called) => opened(api, path, name, jsonIn(called)));
    },
  };
}

function opened(api: Api, path: string, name: string, json: unknown): OpenedField {
  const { textCustomFields = [], listCustomFields = [] } = customFieldsIn(json);
  const own = textCustomFields.find((one) => one?.name === name);
  const list = listCustomFields.find((one) => one?.name === name);
  return {
    value: own?.value ?? list?.value ?? null,
    obstacle:
      list == null
        ? null
        : `The envelope's custom field "${name}" is a list. Make it a text field in DocuSign.`,
    async write(value) {
      const fieldId = own?.fieldId;
      if (value === null) return fieldId === undefined ? ok(null) : send("DELETE", { fieldId });
      const shown = { name, value, show: "false", required: "false" };
      return fieldId === undefined ? send("POST", shown) : send("PUT", { fieldId, name, value });
    },
  };

  async function send(method: "POST" | "PUT" | "DELETE", one: object): Promise<Answer<null>> {
    const answer = await api(method, path, { body: { textCustomFields: [one] } });
    return answer.outcome === "ok" ? judge(jsonIn(answer.value)) : answer;
  }
}

function customFieldsIn(json: unknown): z.infer<typeof customFields> {
  const { data } = customFields.safeParse(json);
  if (data === undefined) throw new Error("DocuSign's API answered with no custom fields.");
  return data;
}

/** A success may say of single fields that they were not taken. */
function judge(json: unknown): Answer<null> {
  const { textCustomFields = [] } = customFieldsIn(json);
  const fault = textCustomFields.find((one) => one?.errorDetails !== undefined)?.errorDetails;
  if (fault === undefined) return ok(null);
  const { errorCode: code = "field-error", message = "DocuSign did not take the field." } = fault;
  return code === "SUCCESS" ? ok(null) : { outcome: "refused", code, message };
}
