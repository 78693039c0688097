import { z } from "zod";
import type { Crm } from "../crms/crm.ts";
import type { TaskResult, TaskTools } from "./task.ts";

/** A whole number from 1, given as text. */
export function atMost(most: number) {
  return z.coerce
    .number("must be a number")
    .int("must be a whole number")
    .min(1, "must be at least 1")
    .max(most, `must be at most ${most}`);
}

type Refused = TaskResult & { is: "refused" };

/** Every configured CRM or the one that is named; what to say where there is none of that name. */
export function chooseCrms(
  { crms }: Pick<TaskTools, "crms">,
  only: string | undefined,
): { is: "chosen"; crms: readonly Crm[] } | Refused {
  const configured = crms();
  if (only === undefined) return { is: "chosen", crms: configured };
  const named = configured.filter(({ id }) => id === only);
  if (named.length > 0) return { is: "chosen", crms: named };
  const known = configured.map(({ id }) => id).join(", ");
  return { is: "refused", text: `No CRM "${only}" is configured. There is ${known}.`, data: null };
}
