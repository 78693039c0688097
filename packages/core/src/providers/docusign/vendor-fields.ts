import { z } from "zod";
import type { HttpAnswer, HttpCall } from "../client.ts";
import { jsonObjectIn } from "../json-text.ts";
import type { VendorAnswer, VendorContract } from "../vendor-side.ts";
import { envelope } from "./vendor-envelope.ts";

/** As `EnvelopeCustomFields` of esignature.rest.swagger-v2.1.json has a text field: all of it is text. */
const sent = z.strictObject({
  textCustomFields: z
    .array(
      z.strictObject({
        fieldId: z.string().optional(),
        name: z.string().min(1).optional(),
        value: z.string().optional(),
        show: z.enum(["true", "false"]).optional(),
        required: z.enum(["true", "false"]).optional(),
      }),
    )
    .min(1),
});

const fieldIdOf = (walk: VendorContract["walk"], name: string) =>
  String(Object.keys(walk.fields).indexOf(name) + 1);

/** GET, POST, PUT and DELETE of `…/custom_fields`. The codes of its refusals are from memory. */
export function answerFields({ method, body }: HttpCall, contract: VendorContract): VendorAnswer {
  const { walk, steps } = contract;
  if (method === "GET") return json(200, envelope(walk, steps).customFields);
  const { data } = sent.safeParse(jsonObjectIn(body ?? ""));
  if (data === undefined) return refusal("INVALID_REQUEST_BODY", "The request body is invalid.");
  if (!["created", "sent", "delivered"].includes(envelope(walk, steps).status)) {
    return refusal("ENVELOPE_INVALID_STATUS", "Invalid envelope status.");
  }
  const fields = { ...walk.fields };
  for (const { fieldId, name, value } of data.textCustomFields) {
    const known = Object.keys(fields).find((one) => fieldIdOf(walk, one) === fieldId);
    if (method === "POST") {
      if (name === undefined || name in fields) {
        return refusal("CUSTOM_FIELD_NOT_UNIQUE", "Custom field names must be unique.");
      }
      fields[name] = value ?? "";
      continue;
    }
    if (known === undefined) return refusal("INVALID_CUSTOM_FIELD_ID", "There is no such field.");
    if (method === "DELETE") delete fields[known];
    else fields[known] = value ?? "";
  }
  const changed = { ...walk, fields };
  const answered = json(method === "POST" ? 201 : 200, envelope(changed, steps).customFields);
  return { ...answered, changed };
}

function refusal(errorCode: string, message: string): HttpAnswer {
  return json(400, { errorCode, message });
}

function json(status: number, body: object): HttpAnswer {
  const headers = { "content-type": "application/json" };
  return { status, headers, body: Buffer.from(JSON.stringify(body)) };
}
