import type { Json } from "@countersign/core";

/** One change outside, written down before it is made. */
export type Effect = {
  id: string;
  /** Names the change: planning the same key again finds this effect instead of making a second. */
  key: string;
  destination: string;
  /** Null where it is about no single contract. */
  contractId: string | null;
  /** The channel or record that it changes. */
  target: string;
  kind: string;
  status: "planned" | "done" | "failed" | "skipped";
  /** What it is to make of the target. */
  plan: Json;
  /** The values that it replaced, and those that it left. */
  before: Json;
  after: Json;
  /** What the outside calls the result: a message's ts, a record's id. */
  outsideId: string | null;
  code: string | null;
  message: string | null;
  plannedAt: Date;
  calledAt: Date | null;
  settledAt: Date | null;
};

/** An effect as its table has it. */
export type EffectRow = {
  id: string;
  key: string;
  destination: string;
  contract_id: string | null;
  target: string;
  kind: string;
  status: Effect["status"];
  plan: Json;
  before: Json;
  after: Json;
  outside_id: string | null;
  code: string | null;
  message: string | null;
  planned_at: Date;
  called_at: Date | null;
  settled_at: Date | null;
};

export function toEffect(row: EffectRow): Effect {
  return {
    id: row.id,
    key: row.key,
    destination: row.destination,
    contractId: row.contract_id,
    target: row.target,
    kind: row.kind,
    status: row.status,
    plan: row.plan,
    before: row.before,
    after: row.after,
    outsideId: row.outside_id,
    code: row.code,
    message: row.message,
    plannedAt: row.planned_at,
    calledAt: row.called_at,
    settledAt: row.settled_at,
  };
}
