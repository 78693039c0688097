import type { Store } from "@countersign/store";

/** Lets a test begin with deals that no contract has been linked to and nothing was written to. */
export async function forgetDeals({ database }: Store): Promise<void> {
  await database.query("truncate links, effects, deals");
}
