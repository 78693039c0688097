import type { FieldWrite, Mapping, Rules } from "./mapping.ts";

/** What a CRM calls the two fields by which a deal tells of its contract, whatever else countersign.yaml maps. */
export type OwnFieldNames = { contractId: string; status: string };

/**
 * The mapping with the lines of Countersign's own fields in each of its rules. What countersign.yaml writes
 * itself is left to it: two lines of one field would undo each other.
 */
export function withOwnFields(mapping: Mapping, names: OwnFieldNames): Mapping {
  const add = (rules: Rules): Rules => {
    const taken = new Set(rules.writes.filter(({ on }) => on === "deal").map(({ to }) => to));
    const own = ownLines(names).filter(({ to }) => !taken.has(to));
    return { ...rules, writes: [...rules.writes, ...own] };
  };
  return {
    ...mapping,
    base: add(mapping.base),
    conditional: mapping.conditional.map(({ when, rules }) => ({ when, rules: add(rules) })),
  };
}

function ownLines({ contractId, status }: OwnFieldNames): FieldWrite[] {
  const line = { on: "deal", rule: "ours", as: "date", values: {}, own: true } as const;
  return [
    { ...line, to: contractId, from: { kind: "value", name: "countersignId" } },
    { ...line, to: status, from: { kind: "value", name: "status" } },
  ];
}
