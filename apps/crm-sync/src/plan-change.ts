import type { Contract } from "@countersign/core";
import type { Deal, DealValues, Mapping } from "./crms/crm.ts";
import { planStage, type StageLeft } from "./plan-stage.ts";

export type Plan =
  | { kind: "write"; values: DealValues; replaced: ReplacedValues; left: StageLeft | null }
  | { kind: "nothing"; left: StageLeft | null };

/** What the written values take the place of. */
type ReplacedValues = { stage: string | null; fields: Record<string, string | null> };

/**
 * What has to change for the deal to show the contract as it is now. `left` says why the stage stays where
 * the contract would lead elsewhere. `movedTo` holds the stages that Countersign has moved this deal to for
 * this contract.
 */
export function planChange(
  contract: Pick<Contract, "status" | "completedAt" | "url">,
  deal: Deal,
  mapping: Mapping,
  movedTo: ReadonlySet<string>,
): Plan {
  const stage = planStage(contract.status, deal, mapping.stages, movedTo);
  const left = stage.kind === "leave" ? stage.why : null;
  const values = {
    stage: stage.kind === "move" ? stage.to : null,
    fields: differences(deal, wantedFields(contract, mapping.fields)),
  };
  if (holds(deal, values)) return { kind: "nothing", left };
  return { kind: "write", values, replaced: replacedBy(deal, values), left };
}

/** Whether the deal shows the values already. */
export function holds(deal: Deal, values: DealValues): boolean {
  const atStage = values.stage === null || values.stage === deal.stage;
  return atStage && Object.keys(differences(deal, values.fields)).length === 0;
}

/** What a contract does not say is not wanted: it never empties a field. */
function wantedFields(
  contract: Pick<Contract, "status" | "completedAt" | "url">,
  names: Mapping["fields"],
): Record<string, string> {
  const wanted: [string | undefined, string | null][] = [
    [names.status, contract.status],
    [names.signedDate, contract.completedAt === null ? null : utcDate(contract.completedAt)],
    [names.url, contract.url],
  ];
  return Object.fromEntries(
    wanted.filter(
      (entry): entry is [string, string] => entry[0] !== undefined && entry[1] !== null,
    ),
  );
}

function utcDate(instant: string): string {
  return new Date(instant).toISOString().slice(0, 10);
}

function differences(deal: Deal, wanted: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(wanted).filter(([name, value]) => !isSame(deal.fields[name] ?? null, value)),
  );
}

/** CRMs trim text, and show a date field as a date or as its midnight in UTC. */
function isSame(current: string | null, wanted: string): boolean {
  if (current === null) return false;
  if (current.trim() === wanted.trim()) return true;
  const midnight = /^(\d{4}-\d\d-\d\d)T00:00:00(\.0+)?(Z|\+00:?00)$/.exec(current);
  return midnight?.[1] === wanted;
}

function replacedBy(deal: Deal, values: DealValues): ReplacedValues {
  const fields = Object.keys(values.fields).map((name) => [name, deal.fields[name] ?? null]);
  return {
    stage: values.stage === null ? null : deal.stage,
    fields: Object.fromEntries(fields),
  };
}
