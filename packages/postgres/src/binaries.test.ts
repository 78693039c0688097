import { chmod, chown, cp, mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { executable, installedBinaries, usableBinaries } from "./binaries.ts";
import { databaseUser } from "./database-user.ts";
import { run } from "./run.ts";

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "countersign-binaries-"));
  await chmod(folder, 0o755);
});

afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

it("says so when the program cannot run here", async () => {
  await expect(usableBinaries(folder, {}, join(folder, "nothing"))).rejects.toMatchObject({
    problem: "binaries-unusable",
  });
});

describe.runIf(process.getuid?.() === 0)("as root", () => {
  it("copies the program to where the database user can run it", async () => {
    const runAs = await databaseUser();
    const closed = join(folder, "closed");
    const open = join(folder, "open");
    await mkdir(closed, { mode: 0o700 });
    await mkdir(open, { mode: 0o700 });
    await chown(open, runAs.uid ?? 0, runAs.gid ?? 0);
    await cp(installedBinaries(), join(closed, "native"), {
      recursive: true,
      verbatimSymlinks: true,
    });
    const usable = await usableBinaries(open, runAs, join(closed, "native"));
    expect(usable).toBe(join(open, "server"));
    const { stdout } = await run(executable(usable, "initdb"), ["--version"], runAs);
    expect(stdout).toContain("PostgreSQL");
  });
});
