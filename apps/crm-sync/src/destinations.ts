import type { Crm } from "./crms/crm.ts";
import { filesDestination } from "./files/ports.ts";
import { writeBackDestination } from "./write-back/field-write.ts";

/** The queues beside a CRM's own, and the destinations in the ledger, of what goes with its deals. */
export function sideDestinationsOf(crm: Pick<Crm, "id">): string[] {
  return [filesDestination(crm), writeBackDestination(crm)];
}

/** Every destination of the ledger that is a CRM's. */
export function destinationsOf(crm: Pick<Crm, "id">): string[] {
  return [crm.id, ...sideDestinationsOf(crm)];
}
