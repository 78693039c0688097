import type { Store } from "@countersign/store";
import type { Crm } from "../crms/crm.ts";
import type { Gate } from "./gate.ts";
import type { SourceFiles } from "./source-files.ts";

/** What the files and notes of one CRM's deals are brought with. */
export type FilePorts = {
  store: Store;
  crm: Crm;
  sources: SourceFiles;
  /** Files that are under way at the same time. */
  gate: Gate;
};

/** The queue, and the destination in the ledger, of what hangs on a CRM's deals beside their fields. */
export function filesDestination({ id }: Pick<Crm, "id">): string {
  return `${id}-files`;
}
