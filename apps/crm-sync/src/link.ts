import { clip, type Contract } from "@countersign/core";
import type { Crm } from "./crms/crm.ts";

export type FoundLink =
  | { kind: "linked"; recordId: string }
  | { kind: "none"; code: "no-link" | "bad-link"; message: string };

/** The deal that the contract names in its custom field, or why it names none. */
export function findLink(
  contract: Pick<Contract, "fields">,
  { linkField, recordIds }: Pick<Crm, "linkField" | "recordIds">,
): FoundLink {
  const given = contract.fields[linkField]?.trim() ?? "";
  if (given === "") {
    return {
      kind: "none",
      code: "no-link",
      message: `The contract has no custom field or metadata named "${linkField}", so no deal is changed. Set it to the deal's id at the e-signature provider.`,
    };
  }
  if (recordIds.pattern.test(given)) {
    return { kind: "linked", recordId: recordIds.whole?.(given) ?? given };
  }
  return {
    kind: "none",
    code: "bad-link",
    message: `The contract's "${linkField}" is "${clip(given, 60)}", but a deal's id is ${recordIds.looks}. Correct it at the e-signature provider.`,
  };
}
