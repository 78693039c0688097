import type { RecordKind } from "../../mapping/mapping.ts";
import type { Calls } from "../calls.ts";
import { stopsNothing, type Fault } from "../fault.ts";
import type { WantedField } from "../wanted-fields.ts";
import type { SalesforceClient } from "./client.ts";
import type { Described } from "./known-fields.ts";
import { RecordsAnswer } from "./schema.ts";
import { objects, plurals } from "./write-deal.ts";

/** Records that are looked at: enough to say that there are some, and which. */
const most = 50;

/**
 * Which required fields are empty in records that Countersign may have to write. Salesforce refuses every change
 * of such a record (REQUIRED_FIELD_MISSING), also of other fields. Only an admin's own fields can be so: they may
 * have become required after the record was made. A warning, since the other records are written; and nothing
 * where the org does not answer, since nothing depends on it.
 */
export async function judgeRequired(
  client: SalesforceClient,
  call: Calls,
  kind: RecordKind,
  { fields }: Described,
  wanted: readonly WantedField[],
): Promise<Fault[]> {
  const filled = new Set(wanted.filter(({ on }) => on === kind).map(({ name }) => name));
  const required = fields
    .filter(({ nillable, filterable, type }) => !nillable && filterable && type !== "boolean")
    .map(({ name }) => name)
    .filter((name) => name.endsWith("__c") && !filled.has(name));
  if (required.length === 0) return [];
  const empty = required.map((name) => `${name} = null`).join(" OR ");
  const open = kind === "deal" ? "IsClosed = false AND " : "";
  const q = `SELECT Id, ${required.join(", ")} FROM ${objects[kind]} WHERE ${open}(${empty}) LIMIT ${most}`;
  try {
    const { records } = await call("read-required", () =>
      client.get("/query", RecordsAnswer, { q }),
    );
    return required.flatMap((name) => {
      const lacking = records.filter((record) => record[name] === null);
      return lacking.length === 0
        ? []
        : missingValue(
            kind,
            name,
            lacking.map(({ Id }) => Id),
          );
    });
  } catch {
    return [];
  }
}

function missingValue(kind: RecordKind, name: string, ids: readonly string[]): Fault {
  const field = `${objects[kind]}.${name}`;
  const some = ids.slice(0, 3).join(", ");
  const count = ids.length < most ? `${ids.length}` : `${most} or more`;
  return {
    code: "required-field-empty",
    place: `salesforce: ${field}`,
    message: `The field ${field} is required and empty in ${count} ${plurals[kind]}, such as ${some}: Salesforce refuses every change of them.`,
    fix: `Fill ${field} in there, or make it optional.`,
    stops: stopsNothing,
  };
}
