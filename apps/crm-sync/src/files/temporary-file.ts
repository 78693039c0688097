import { createHash } from "node:crypto";
import { createWriteStream, openAsBlob } from "node:fs";
import { mkdir, mkdtemp, readdir, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import type { OpenedFile } from "@countersign/core";
import { PermanentError, type FileContent } from "@countersign/store";

/** Larger than any signed document that we know of; it must fit on this machine's disk. */
const largest = 500_000_000;

/** Only this system's user may look into it. */
const place = join(tmpdir(), `countersign-files-${process.getuid?.() ?? "all"}`);

/** A file on this machine's disk, until it is disposed of. */
export type TemporaryFile = AsyncDisposable & { content: FileContent; blob: Blob };

/**
 * Reads a file to the disk, so that nothing holds it in memory, it can be sent again, and its size is known
 * before it is sent. Throws PermanentError where it is too large.
 */
export async function readToDisk({ contentType, bytes }: OpenedFile): Promise<TemporaryFile> {
  await mkdir(place, { recursive: true, mode: 0o700 });
  const folder = await mkdtemp(join(place, "file-"));
  const dispose = () => rm(folder, { recursive: true, force: true });
  try {
    const path = join(folder, "content");
    const sha256 = createHash("sha256");
    let size = 0;
    async function* counted(): AsyncIterable<Uint8Array> {
      for await (const part of bytes) {
        size += part.length;
        if (size > largest) throw tooLarge();
        sha256.update(part);
        yield part;
      }
    }
    await pipeline(counted(), createWriteStream(path, { mode: 0o600 }));
    const blob = await openAsBlob(path, { type: contentType });
    const content = { contentType, size, sha256: sha256.digest("hex") };
    return { content, blob, [Symbol.asyncDispose]: dispose };
  } catch (error) {
    await dispose();
    throw error;
  }
}

function tooLarge(): PermanentError {
  return new PermanentError(
    "file-too-large",
    `The provider's file is larger than ${largest / 1_000_000} MB. Attach it by hand.`,
  );
}

/** What a process that was killed has left behind. Nobody needs a file for longer than an hour. */
export async function removeLeftFiles(now: Date): Promise<void> {
  const names = await readdir(place).catch(() => []);
  for (const name of names) {
    const { mtime } = await stat(join(place, name)).catch(() => ({ mtime: now }));
    if (now.getTime() - mtime.getTime() > 3_600_000) {
      await rm(join(place, name), { recursive: true, force: true });
    }
  }
}
