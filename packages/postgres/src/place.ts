import { createHash } from "node:crypto";
import { chmod, chown, lstat, mkdir, rmdir } from "node:fs/promises";
import { homedir, tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { PostgresError } from "./postgres-error.ts";
import { errorCode, type RunAs } from "./run.ts";

/** Where the data lives, and why that is not the folder that was asked for, if it is not. */
export type Place = { dir: string; movedBecause?: string };

type FolderState = { path: string; mode: number; uid: number; gid: number };

/**
 * The folder asked for, when it can serve; else the first other one that can. The others are named from a digest
 * of the folder asked for, so that a later start finds the same data.
 */
export async function findPlace(wanted: string, runAs: RunAs): Promise<Place> {
  const dir = resolve(wanted);
  const obstacle = await prepare(dir, runAs);
  if (obstacle === undefined) return { dir };
  for (const other of otherPlaces(dir, runAs)) {
    const unusable = await prepare(other, runAs).catch((error: unknown) => error);
    if (unusable !== undefined) continue;
    await rmdir(dir).catch(() => undefined);
    return { dir: other, movedBecause: obstacle };
  }
  throw new PostgresError(
    "folder-unusable",
    `The database cannot use ${dir}: ${obstacle}. Move the checkout elsewhere, or set DATABASE_URL to a database of your own.`,
  );
}

/** The first folder on the way that a user may not enter, by the owner, group and other bits of its mode. */
export function firstBarred(folders: FolderState[], uid: number, gid: number): string | undefined {
  return folders.find((folder) => {
    if (folder.uid === uid) return (folder.mode & 0o100) === 0;
    if (folder.gid === gid) return (folder.mode & 0o010) === 0;
    return (folder.mode & 0o001) === 0;
  })?.path;
}

function otherPlaces(dir: string, runAs: RunAs): string[] {
  const digest = createHash("sha256").update(dir).digest("hex").slice(0, 12);
  const state = runAs.uid === undefined ? join(homedir(), ".local/state") : "/var/lib";
  return [join(state, `countersign-${digest}`), join(tmpdir(), `countersign-${digest}`)];
}

/** Creates the folder for its user alone and answers what stands in the way; throws where nobody may write. */
async function prepare(dir: string, runAs: RunAs): Promise<string | undefined> {
  await createFolder(dir);
  const { uid = process.getuid?.() ?? 0, gid } = runAs;
  const found = await lstat(dir);
  if (!found.isDirectory()) return "it is not a folder";
  if (found.uid !== uid && found.uid !== process.getuid?.()) return "it belongs to another user";
  if (gid !== undefined) {
    const barred = firstBarred(await ancestors(dir), uid, gid);
    if (barred !== undefined) return `the database user may not enter ${barred}`;
    await chown(dir, uid, gid).catch(() => undefined);
  }
  await chmod(dir, 0o700).catch(() => undefined);
  const { mode, uid: owner } = await lstat(dir);
  if (process.platform !== "win32" && ((mode & 0o777) !== 0o700 || owner !== uid)) {
    return "its file system does not keep owners and modes";
  }
  return undefined;
}

async function createFolder(dir: string): Promise<void> {
  try {
    await mkdir(dir, { recursive: true });
  } catch (cause) {
    throw new PostgresError(
      "folder-unusable",
      `The database folder ${dir} cannot be created (${errorCode(cause) ?? String(cause)}). Make ${dirname(dir)} writable, or set DATABASE_URL to a database of your own.`,
      { cause },
    );
  }
}

async function ancestors(dir: string): Promise<FolderState[]> {
  const paths: string[] = [];
  for (let path = dirname(dir); ; path = dirname(path)) {
    paths.unshift(path);
    if (path === dirname(path)) break;
  }
  return Promise.all(
    paths.map(async (path) => {
      const { mode, uid, gid } = await lstat(path);
      return { path, mode, uid, gid };
    }),
  );
}
