import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { openLogFile } from "./log-file.ts";

const keptLines = 15;

/** Where an app's output goes: its file, the latest lines in memory, and what it calls an error. */
export type AppLog = {
  file: string;
  latest(): string[];
  /** Reads a stream to its end; settles once everything is taken in. */
  follow(output: Readable): Promise<void>;
  close(): void;
};

export type AppLogPorts = {
  /** What the app calls an error. */
  onError: (message: string) => void;
  /** Its file can no longer be written; what is said meanwhile is missing there. */
  onLost: (message: string) => void;
  /** In milliseconds, from any beginning. */
  now: () => number;
};

export function openAppLog(file: string, { onError, onLost, now }: AppLogPorts): AppLog {
  const written = openLogFile(file, { onLost, now });
  const lines: string[] = [];
  return {
    file,
    latest: () => lines,
    async follow(output) {
      for await (const line of createInterface({ input: output })) {
        written.write(`${line}\n`);
        lines.push(line);
        if (lines.length > keptLines) lines.shift();
        const message = errorMessage(line);
        if (message !== undefined) onError(message);
      }
    },
    close: () => written.close(),
  };
}

/** The constant message of a structured log line at level `error` or `fatal`. */
export function errorMessage(line: string): string | undefined {
  if (!line.startsWith("{")) return undefined;
  try {
    const entry: unknown = JSON.parse(line);
    if (typeof entry !== "object" || entry === null) return undefined;
    if (!("level" in entry) || !("msg" in entry)) return undefined;
    const serious = entry.level === "error" || entry.level === "fatal";
    return serious && typeof entry.msg === "string" ? entry.msg : undefined;
  } catch {
    return undefined;
  }
}
