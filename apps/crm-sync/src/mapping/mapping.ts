import type { ContractStatus, EventType } from "@countersign/core";
import type { ContractValue } from "@countersign/service";

/** What a contract's values are written to: the deal, or the account or contact that it belongs to. */
export type RecordKind = "deal" | "account" | "contact";

/** A CRM's field holds text, a number or a yes or no; null where it is empty. */
export type FieldValue = string | number | boolean;

/** Whose word counts in a field; `plan-field.ts` says it exactly. */
export type Rule = "ours" | "theirs" | "fill-blank" | "newest";

export type ValueSource =
  | { kind: "value"; name: ContractValue }
  | { kind: "custom"; name: string }
  | { kind: "constant"; value: FieldValue };

/** One line of countersign.yaml: which value goes to which field, and by which rule. */
export type FieldWrite = {
  on: RecordKind;
  to: string;
  from: ValueSource;
  rule: Rule;
  as: "date" | "date-time";
  /** What the CRM calls a value, where it has another word for it. */
  values: Readonly<Record<string, string>>;
  /** It goes to a field of Countersign's own, which countersign.yaml does not name: left out where the CRM lacks it. */
  own: boolean;
};

/** The stages that contracts lead to in one pipeline. */
export type StageMapping = {
  pipeline: string | null;
  /** Where it stands in countersign.yaml, such as `hubspot.pipelines.default`. */
  place: string;
  stages: Partial<Record<ContractStatus | EventType, string>>;
};

/** How one group of contracts is shown in its deals. Contracts of one deal with the same rules decide together. */
export type Rules = {
  /** As history and rehearse call it. */
  name: string;
  stages: StageMapping[];
  writes: FieldWrite[];
  several: "any" | "all" | "primary";
  /** The custom field that makes a contract the primary one. */
  primaryField: string;
};

/** What must hold of a contract; all that is given. */
export type Condition = {
  amountFrom?: number | undefined;
  amountBelow?: number | undefined;
  currency?: readonly string[] | undefined;
  titleWords?: readonly string[] | undefined;
  provider?: readonly string[] | undefined;
  source?: readonly string[] | undefined;
  custom?: Readonly<Record<string, readonly string[]>> | undefined;
};

/** What countersign.yaml says of a CRM's deals. */
export type Mapping = {
  base: Rules;
  /** Tried in this order before `base`. */
  conditional: { when: Condition; rules: Rules }[];
  /** The provider of each source. */
  providers: ReadonlyMap<string, string>;
};

/** All rules of a mapping. */
export function allRules({ base, conditional }: Mapping): Rules[] {
  return [base, ...conditional.map(({ rules }) => rules)];
}

/** The names of the fields that countersign.yaml writes to records of this kind, each once. */
export function mappedFields(mapping: Mapping, kind: RecordKind): string[] {
  const writes = allRules(mapping).flatMap((rules) => rules.writes);
  return [...new Set(writes.filter(({ on, own }) => on === kind && !own).map(({ to }) => to))];
}
