/** Socket errors, PostgreSQL's classes 08 (connection), 53 (too many) and 57P (starting, stopping), and pg's own words. */
export function isUnreachable(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (error instanceof AggregateError && error.errors.length > 0)
    return error.errors.every(isUnreachable);
  const code = "code" in error && typeof error.code === "string" ? error.code : "";
  return (
    /^(E[A-Z]+|08...|53...|57P..)$/.test(code) ||
    /timeout|terminated|\bended\b|not queryable/i.test(error.message)
  );
}

/** What a person can do about a database that cannot be reached or refuses us, in a line; null for any other error. */
export function explainDatabase(error: unknown): string | null {
  if (isUnreachable(error))
    return "The database cannot be reached. Is it running, and is DATABASE_URL right?";
  return explainRefusal(error);
}

function explainRefusal(error: unknown): string | null {
  if (!(error instanceof Error)) return null;
  const advice = "code" in error ? adviceOn(String(error.code)) : null;
  if (advice !== null) return `The database refuses: ${error.message}. ${advice}`;
  return explainRefusal(error.cause);
}

/** By SQLSTATE: postgresql.org/docs/current/errcodes-appendix.html. */
function adviceOn(code: string): string | null {
  if (/^28...$/.test(code)) return "Are user and password in DATABASE_URL right?";
  if (code === "3D000") return "Create it, or name another one in DATABASE_URL.";
  if (code === "42501") return "Grant it to the user in DATABASE_URL, or name another one there.";
  return null;
}
