import type { Effect } from "@countersign/store";
import { z } from "zod";
import type { Stall } from "../stalls/find-stall.ts";
import type { Told } from "./plan-nudges.ts";

/** What the ledger calls a nudge. */
export const nudgeKind = "nudge";

const NudgePlan = z.object({ to: z.enum(["owner", "channel"]), text: z.string() });

/** What the ledger remembers of a nudge. */
export type NudgePlan = z.infer<typeof NudgePlan>;

/** One of each for a stall, whoever is told: a contract that changes hands does not stall anew. */
export function nudgeKey(contractId: string, { kind, at }: Stall, isFirst: boolean): string {
  return `slack/nudge/${contractId}/${kind}/${at}${isFirst ? "" : "/escalated"}`;
}

/** What the effects of a contract say of the stall. One whose end is unknown is settled before it counts. */
export function toldOf(effects: readonly Effect[], contractId: string, stall: Stall): Told {
  const settled = (isFirst: boolean) =>
    effects.find(
      ({ key, status }) => key === nudgeKey(contractId, stall, isFirst) && status !== "planned",
    );
  return { first: firstOf(settled(true)), isEscalated: settled(false) !== undefined };
}

function firstOf(effect: Effect | undefined): Told["first"] {
  if (effect === undefined) return null;
  const { to } = NudgePlan.parse(effect.plan);
  const end = effect.status === "done" ? "told" : "refused";
  return { to, end, at: effect.settledAt ?? effect.plannedAt };
}
