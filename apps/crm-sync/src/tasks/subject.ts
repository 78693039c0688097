import { z } from "zod";
import type { Subject } from "../history/read-ledger.ts";
import type { TaskResult } from "./task.ts";

/** The options with which a person says whose history is meant. */
export const subjectOptions = {
  contract: z.string().optional().describe("The contract: <source>/<provider's id>"),
  record: z.string().optional().describe("The CRM's id of the deal, account or contact"),
};

/** Whose history is meant, or why that is not clear. */
export function readSubject({
  contract,
  record,
}: {
  contract?: string | undefined;
  record?: string | undefined;
}): Subject | TaskResult {
  if (contract !== undefined && record === undefined) return { contractId: contract };
  if (record !== undefined && contract === undefined) return { recordId: record };
  const text = "Say whose: either --contract <source>/<id> or --record <the CRM's id>.";
  return { is: "refused", text, data: { code: "whose" } };
}
