import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readdir, readFile, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { root } from "../stack.ts";

const run = promisify(execFile);

/**
 * The newest `v*` tag before this commit, or what COUNTERSIGN_PREVIOUS names instead; null in a clone that has
 * none (a shallow one).
 */
export async function previousTag(): Promise<string | null> {
  const given = process.env["COUNTERSIGN_PREVIOUS"];
  if (given) return given;
  const describe = ["describe", "--tags", "--abbrev=0", "--match=v*", "HEAD^"];
  try {
    return (await run("git", describe, { cwd: root })).stdout.trim();
  } catch {
    return null;
  }
}

/** The sources of a version in a folder of their own, ready to run. */
export type Checkout = AsyncDisposable & { folder: string };

/** Takes the version's own packages, and everybody else's from this checkout's node_modules. */
export async function checkOut(tag: string): Promise<Checkout> {
  const folder = await mkdtemp(join(tmpdir(), "countersign-previous-"));
  const archive = join(folder, "sources.tar");
  await run("git", ["archive", "--format=tar", `--output=${archive}`, tag], { cwd: root });
  await run("tar", ["-xf", archive, "-C", folder]);
  await linkPackages(folder);
  return {
    folder,
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  };
}

async function linkPackages(folder: string): Promise<void> {
  const modules = join(folder, "node_modules");
  const own = join(modules, "@countersign");
  await mkdir(own, { recursive: true });
  const shared = join(root, "node_modules");
  for (const name of await readdir(shared)) {
    if (name !== "@countersign") await symlink(join(shared, name), join(modules, name));
  }
  for (const workspaces of ["packages", "apps"]) {
    for (const name of await readdir(join(folder, workspaces))) {
      const path = join(folder, workspaces, name);
      const { name: packageName } = await readJson(join(path, "package.json"));
      await symlink(path, join(modules, packageName));
    }
  }
}

async function readJson(file: string): Promise<{ name: string }> {
  const read: { name: string } = JSON.parse(await readFile(file, "utf8"));
  return read;
}
