export type PostgresProblem =
  | "already-running"
  | "binaries-missing"
  | "binaries-unusable"
  | "data-incompatible"
  | "folder-unusable"
  | "no-database-user"
  | "port-in-use"
  | "start-failed";

/** Why the embedded PostgreSQL cannot serve. The message is one line for people and names the fix. */
export class PostgresError extends Error {
  override readonly name = "PostgresError";
  readonly problem: PostgresProblem;
  /** The process in the way, where one is known. */
  readonly pid: number | undefined;

  constructor(
    problem: PostgresProblem,
    message: string,
    options: { cause?: unknown; pid?: number } = {},
  ) {
    super(message, { cause: options.cause });
    this.problem = problem;
    this.pid = options.pid;
  }
}
