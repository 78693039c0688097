import { z } from "zod";

/** The parts of an OpenAPI file that are changed here; everything else passes through. */
const specSchema = z.looseObject({
  paths: z.record(z.string(), z.record(z.string(), z.looseObject({}))),
  components: z.looseObject({
    schemas: z.record(
      z.string(),
      z.looseObject({ properties: z.record(z.string(), z.looseObject({})).optional() }),
    ),
  }),
});
type Spec = z.infer<typeof specSchema>;
type Schema = Spec["components"]["schemas"][string];

const fileVersion = "/services/data/v59.0";

/** Salesforce's zone has no colon, so it is not the `date-time` of JSON Schema. */
const timePattern = "^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}\\+0000$";

/**
 * Makes the org-generated description judge as strictly as an org does: a field it does not name is
 * refused unless it is custom (`…__c`), null empties a field, and paths carry the app's API version.
 * 412 is added to writes: the org answers it to If-Unmodified-Since on any row.
 */
export function strictSalesforceSpec(spec: unknown, apiVersion: string): unknown {
  const { paths, components, ...rest } = specSchema.parse(spec);
  return {
    ...rest,
    openapi: "3.1.0",
    paths: Object.fromEntries(
      Object.entries(paths).map(([path, operations]) => [
        path.replace(fileVersion, `/services/data/v${apiVersion}`),
        withPreconditions(operations),
      ]),
    ),
    components: {
      ...components,
      schemas: Object.fromEntries(
        Object.entries(components.schemas).map(([name, schema]) => [name, strict(name, schema)]),
      ),
    },
  };
}

function withPreconditions(operations: Spec["paths"][string]): object {
  const { patch } = operations;
  const responses = z.record(z.string(), z.unknown()).safeParse(patch?.["responses"]);
  if (!responses.success) return operations;
  const refused = { 412: responses.data["400"] };
  return { ...operations, patch: { ...patch, responses: { ...responses.data, ...refused } } };
}

function strict(name: string, schema: Schema): object {
  const properties = Object.fromEntries(
    Object.entries(schema.properties ?? {}).map(([field, type]) => [field, nullable(type)]),
  );
  if (!name.endsWith("SObject")) return schema;
  return { ...schema, properties, additionalProperties: false, patternProperties: { __c$: {} } };
}

function nullable({ type, format, ...rest }: Record<string, unknown>): object {
  const time =
    format === "date-time" ? { pattern: timePattern } : { ...(format !== undefined && { format }) };
  return { ...rest, ...time, type: [type, "null"] };
}
