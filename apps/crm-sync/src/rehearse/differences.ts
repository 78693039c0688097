import { isSame } from "../mapping/same-value.ts";
import { isNothing } from "../plan-change.ts";
import type { RehearsedWrite } from "./rehearsal.ts";

/** Of the writes, the values that no write of `others` has for the same record; a write without any is left out. */
export function onlyIn(
  writes: readonly RehearsedWrite[],
  others: readonly RehearsedWrite[],
): RehearsedWrite[] {
  return writes
    .map((write) => {
      const same = others.filter(({ target }) => target.recordId === write.target.recordId);
      return keep(
        write,
        (name, value) =>
          !same.some(
            ({ values }) => name in values.fields && isSame(values.fields[name] ?? null, value),
          ),
        !same.some(({ values }) => values.stage === write.values.stage),
      );
    })
    .filter(({ values }) => !isNothing(values));
}

type Fields = RehearsedWrite["values"]["fields"];

function keep(
  write: RehearsedWrite,
  keepsField: (name: string, value: Fields[string]) => boolean,
  keepsStage: boolean,
): RehearsedWrite {
  const { values, replaced, because } = write;
  const kept = Object.entries(values.fields).filter(([name, value]) => keepsField(name, value));
  const names = new Set(kept.map(([name]) => name));
  const only = <Value>(all: Record<string, Value>): Record<string, Value> =>
    Object.fromEntries(Object.entries(all).filter(([name]) => names.has(name)));
  return {
    ...write,
    values: { stage: keepsStage ? values.stage : null, fields: only(values.fields) },
    replaced: { stage: keepsStage ? replaced.stage : null, fields: only(replaced.fields) },
    because: { stage: keepsStage ? because.stage : null, fields: only(because.fields) },
  };
}
