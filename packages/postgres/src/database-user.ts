import { PostgresError } from "./postgres-error.ts";
import { run, type RunAs } from "./run.ts";

const name = "postgres";

/**
 * Who the server runs as: the present user, or, because PostgreSQL refuses to run as root,
 * the system user `postgres`, which is created when it is missing.
 */
export async function databaseUser(): Promise<RunAs> {
  if (process.getuid?.() !== 0) return {};
  return (await lookUp()) ?? (await create());
}

async function lookUp(): Promise<RunAs | undefined> {
  const [uid, gid] = await Promise.all([run("id", ["-u", name]), run("id", ["-g", name])]);
  if (uid.code !== 0 || gid.code !== 0) return undefined;
  return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
}

async function create(): Promise<RunAs> {
  try {
    await run("groupadd", ["--system", name]);
    await run("useradd", ["--system", "--gid", name, name]);
  } catch (cause) {
    throw noUser(cause);
  }
  const created = await lookUp();
  if (created === undefined) throw noUser();
  return created;
}

function noUser(cause?: unknown): PostgresError {
  return new PostgresError(
    "no-database-user",
    `PostgreSQL does not run as root and the system user "${name}" could not be created. Create it (useradd --system ${name}), run as an ordinary user, or set DATABASE_URL to a database of your own.`,
    { cause },
  );
}
