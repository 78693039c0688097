import { createHash, randomBytes } from "node:crypto";
import { expect, it } from "vitest";
import { readToDisk } from "./temporary-file.ts";

async function* parts(count: number, part: Buffer): AsyncIterable<Uint8Array> {
  for (let index = 0; index < count; index += 1) yield part;
}

async function* cut(): AsyncIterable<Uint8Array> {
  yield Buffer.from("%PDF");
  throw new Error("cut off");
}

it("keeps the bytes on disk with their size and SHA-256, for as long as they are needed", async () => {
  const part = randomBytes(70_000);
  const file = await readToDisk({ contentType: "application/pdf", bytes: parts(3, part) });
  const whole = Buffer.concat([part, part, part]);
  const sha256 = createHash("sha256").update(whole).digest("hex");
  expect(file.content).toEqual({ contentType: "application/pdf", size: 210_000, sha256 });
  expect(Buffer.from(await file.blob.arrayBuffer()).equals(whole)).toBe(true);
  await file[Symbol.asyncDispose]();
  await expect(file.blob.arrayBuffer()).rejects.toThrow(/could not be read/);
});

it("holds no file in memory", async () => {
  const part = randomBytes(1_000_000);
  const before = process.memoryUsage().arrayBuffers;
  await using file = await readToDisk({ contentType: "application/pdf", bytes: parts(100, part) });
  expect(file.content.size).toBe(100_000_000);
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(50_000_000);
});

it("stops at what no signed document is, and passes a cut body on", async () => {
  const endless = parts(10_000, Buffer.alloc(1_000_000));
  await expect(
    readToDisk({ contentType: "application/pdf", bytes: endless }),
  ).rejects.toMatchObject({ code: "file-too-large" });
  const bytes = cut();
  await expect(readToDisk({ contentType: "application/pdf", bytes })).rejects.toThrow("cut off");
});
