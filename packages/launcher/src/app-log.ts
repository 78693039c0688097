import { createWriteStream, renameSync, statSync, type WriteStream } from "node:fs";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";

const keptLines = 15;
const largestFile = 20_000_000;

/** Where an app's output goes: its file, the latest lines in memory, and what it calls an error. */
export type AppLog = {
  file: string;
  latest(): string[];
  /** Reads a stream to its end; settles once everything is taken in. */
  follow(output: Readable): Promise<void>;
  close(): void;
};

/** Opens the log. A file that has grown large is put aside as `<file>.1` first. */
export function openAppLog(file: string, onError: (message: string) => void): AppLog {
  if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) > largestFile) {
    renameSync(file, `${file}.1`);
  }
  const written: WriteStream = createWriteStream(file, { flags: "a", mode: 0o600 });
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
    close: () => written.end(),
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
