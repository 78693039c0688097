import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { expect, it, onTestFinished } from "vitest";
import { errorMessage, openAppLog } from "./app-log.ts";

it.each([
  ['{"level":"error","msg":"cannot post","contractId":"c1"}', "cannot post"],
  ['{"level":"fatal","msg":"cannot run"}', "cannot run"],
  ['{"level":"info","msg":"started"}', undefined],
  ['{"level":"error"}', undefined],
  ["{ not json", undefined],
  ["plain text with error in it", undefined],
])("%s", (line, message) => {
  expect(errorMessage(line)).toBe(message);
});

/** A log at `file`, what it said was lost, and its clock in milliseconds. */
function opened(file: string) {
  const lost: string[] = [];
  const clock = { now: 0 };
  const onLost = (message: string) => void lost.push(message);
  const log = openAppLog(file, { onError: () => undefined, onLost, now: () => clock.now });
  onTestFinished(() => log.close());
  return { log, lost, clock, follow: (...lines: string[]) => log.follow(Readable.from(lines)) };
}

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), "app-log-"));
  onTestFinished(() => rmSync(made, { recursive: true }));
  return made;
}

it("goes on where the disk is full, and says so once", async () => {
  const { log, lost, clock, follow } = opened("/dev/full");
  await follow("one\n", "two\n");
  clock.now = 3_600_000;
  await follow("three\n");
  expect(log.latest()).toEqual(["one", "two", "three"]);
  expect(lost).toEqual(["its log is lost: ENOSPC: no space left on device, write"]);
});

it("writes again a minute after it could not", async () => {
  const at = join(folder(), "logs");
  const file = join(at, "app.log");
  const { lost, clock, follow } = opened(file);
  expect(lost).toEqual([expect.stringContaining("its log is lost: ENOENT")]);
  mkdirSync(at);
  clock.now = 59_999;
  await follow("one\n");
  clock.now = 60_000;
  await follow("two\n");
  expect(readFileSync(file, "utf8")).toBe("two\n");
});

it("puts its file aside before it has more than 20 MB", async () => {
  const at = folder();
  const line = `${"x".repeat(999_999)}\n`;
  writeFileSync(join(at, "app.log"), line.repeat(3));
  const { lost, follow } = opened(join(at, "app.log"));
  await follow(...Array.from({ length: 42 }, () => line));
  const sizes = readdirSync(at).map((name) => [name, statSync(join(at, name)).size]);
  expect(Object.fromEntries(sizes)).toEqual({ "app.log": 5_000_000, "app.log.1": 20_000_000 });
  expect(lost).toEqual([]);
});
