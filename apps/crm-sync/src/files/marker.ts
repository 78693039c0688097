import { hash } from "node:crypto";

/** By which a file or note of ours is found again in a CRM: the same for the same thing, and no other's. */
export function markerOf(effectKey: string): string {
  return `cs-${hash("sha256", effectKey).slice(0, 16)}`;
}
