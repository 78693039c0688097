/** What may be kept of an error that ended a try: what kind it was, never what it said. */
export type Failure = { name: string; code: string | null };

/** Messages may hold names, addresses or links; the kind of an error and its code do not. */
export function failureOf(error: unknown): Failure {
  if (!(error instanceof Error)) return { name: "not an error", code: null };
  const code = "code" in error ? error.code : null;
  return { name: wordIn(error.name) ?? "Error", code: wordIn(code) };
}

/**
 * Reads what a failed job left behind: `{ failure }` from our own workers, an error that pg-boss wrote down,
 * or its note that the job's time ran out (its worker was killed, or hung).
 */
export function readFailure(output: unknown): Failure | null {
  const { failure, name, code, value } = fieldsOf(output);
  const own = fieldsOf(failure);
  const kind = wordIn(own["name"]) ?? wordIn(name);
  if (kind !== null) return { name: kind, code: wordIn(own["code"]) ?? wordIn(code) };
  return fieldsOf(value)["message"] === "job timed out" ? { name: "timed out", code: null } : null;
}

function fieldsOf(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null ? { ...value } : {};
}

function wordIn(value: unknown): string | null {
  const text = typeof value === "number" ? String(value) : value;
  return typeof text === "string" && /^[\w.:-]{1,80}$/.test(text) ? text : null;
}
