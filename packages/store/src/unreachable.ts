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

/** What a person can do about a database that cannot be reached; null for any other error. */
export function explainUnreachable(error: unknown): string | null {
  if (!isUnreachable(error)) return null;
  return "The database cannot be reached. Is it running, and is DATABASE_URL right?";
}
