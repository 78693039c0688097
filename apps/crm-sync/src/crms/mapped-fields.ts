import type { Mapping } from "./crm.ts";

/** The names of the deal's fields that countersign.yaml gives. */
export function mappedFields({ fields }: Mapping): string[] {
  return Object.values(fields).filter((name) => name !== undefined);
}
