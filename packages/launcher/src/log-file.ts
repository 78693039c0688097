import { appendFileSync, closeSync, fstatSync, openSync, renameSync } from "node:fs";

const largestFile = 20_000_000;
const tryAgainAfterMs = 60_000;

/** Writes texts one after the other, each whole and at once. */
export type LogFile = { write(text: string): void; close(): void };

type LogFilePorts = {
  /** Told once, when writing begins to fail. */
  onLost: (message: string) => void;
  /** In milliseconds, from any beginning. */
  now: () => number;
};

/**
 * Opens the file to add to it. Before it has more than 20 MB it is put aside as `<file>.1`. What cannot be written is
 * dropped, and a minute later it is tried again: an app must not end because its log has no room.
 */
export function openLogFile(file: string, { onLost, now }: LogFilePorts): LogFile {
  let current: { fd: number; size: number } | null = null;
  let restUntil = -Infinity;
  let isLost = false;

  const release = () => {
    if (current !== null) closeQuietly(current.fd);
    current = null;
  };
  const attempt = (todo: () => void) => {
    if (now() < restUntil) return;
    try {
      todo();
    } catch (error) {
      release();
      restUntil = now() + tryAgainAfterMs;
      if (!isLost) onLost(`its log is lost: ${messageOf(error)}`);
      isLost = true;
    }
  };
  const append = (text: string) => {
    const bytes = Buffer.from(text);
    current ??= openToAdd(file);
    if (current.size > 0 && current.size + bytes.length > largestFile) {
      release();
      renameSync(file, `${file}.1`);
      current = openToAdd(file);
    }
    appendFileSync(current.fd, bytes);
    current.size += bytes.length;
    isLost = false;
  };
  attempt(() => (current = openToAdd(file)));
  return {
    write: (text) => attempt(() => append(text)),
    close() {
      release();
      restUntil = Infinity;
    },
  };
}

function openToAdd(file: string): { fd: number; size: number } {
  const fd = openSync(file, "a", 0o600);
  return { fd, size: fstatSync(fd).size };
}

/** A disk may say only now that it had no room for what it took. */
function closeQuietly(fd: number): void {
  try {
    closeSync(fd);
  } catch {
    // What is lost is lost.
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
