/** What is kept of an error that ended a try: what kind it was, never what it said. */
export type Failure = { name: string; code: string | null };

/** A message may hold names, addresses or links; the kind of an error and its code do not. */
export function failureOf(error: unknown): Failure {
  if (!(error instanceof Error)) return { name: typeof error, code: null };
  return { name: wordIn(error.name) ?? "Error", code: wordIn("code" in error ? error.code : null) };
}

/**
 * Reads what a failed job left behind: `{ failure }` as our workers write it, an error as pg-boss does, or
 * pg-boss's note that the job's time ran out (its worker was killed, or hung).
 */
export function readFailure(output: unknown): Failure | null {
  const { failure, value, ...error } = fieldsOf(output);
  const { name, code } = failure === undefined ? error : fieldsOf(failure);
  const kind = wordIn(name);
  if (kind !== null) return { name: kind, code: wordIn(code) };
  return fieldsOf(value)["message"] === "job timed out" ? { name: "timed out", code: null } : null;
}

function fieldsOf(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null ? { ...value } : {};
}

function wordIn(value: unknown): string | null {
  const text = typeof value === "number" ? String(value) : value;
  return typeof text === "string" && /^[\w.:-]{1,80}$/.test(text) ? text : null;
}
