import { pino, type Logger } from "pino";

export type Log = Logger;

/**
 * Structured logs on standard output: constant messages, data beside them. An error is logged by its name,
 * code and stack; its other properties may hold requests with tokens, so they are left out. An app sets `level`
 * once it has read its settings.
 */
export function createLog(app: string, level = "info"): Log {
  return pino({
    base: { app },
    level,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    serializers: { error: describeError },
  });
}

/** What of an error may be logged. */
export function describeError(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { message: "Something that is no error was thrown" };
  const { name, message, stack } = error;
  const code = "code" in error && typeof error.code === "string" ? { code: error.code } : {};
  const cause = error.cause === undefined ? {} : { cause: describeError(error.cause) };
  return { name, message, ...code, stack, ...cause };
}
