import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer, type AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { expect, it, onTestFinished } from "vitest";

const main = fileURLToPath(new URL("main.ts", import.meta.url));

function start(databaseUrl: string, ...typed: string[]) {
  const env = { DATABASE_URL: databaseUrl, COUNTERSIGN_HOME: "/nowhere" };
  return spawn(process.execPath, [main, ...typed], { env, stdio: ["ignore", "pipe", "pipe"] });
}

/** A database that refuses whoever comes (PostgreSQL's ErrorResponse); its address. */
async function refusing(code: string, message: string): Promise<string> {
  const fields = Buffer.from(`SFATAL\0C${code}\0M${message}\0\0`);
  const head = Buffer.from("E\0\0\0\0");
  head.writeInt32BE(fields.length + 4, 1);
  const server = createServer((socket) => {
    socket.on("error", () => undefined);
    socket.once("data", () => socket.end(Buffer.concat([head, fields])));
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => void server.close());
  const address: AddressInfo | string | null = server.address();
  if (address === null || typeof address === "string") throw new Error("It has no port.");
  return `postgres://u:secret@127.0.0.1:${address.port}/d`;
}

const refusals = [
  ["28P01", 'password authentication failed for user "u"', "user and password"],
  ["3D000", 'database "d" does not exist', "Create it"],
  ["42501", "permission denied for schema countersign", "Grant it"],
] as const;

it.each(
  refusals.flatMap((refusal) => [
    [...refusal, ["contract", "docusign/1"]] as const,
    [...refusal, ["history", "docusign/1"]] as const,
  ]),
)(
  "says in a line that the database refused (%s %s %s): %j",
  async (code, message, advice, typed) => {
    const command = start(await refusing(code, message), ...typed);
    const [said, [exitCode]] = await Promise.all([text(command.stderr), once(command, "exit")]);
    expect(said).toMatch(/^[^\n]+\n$/);
    expect(said).toContain(message);
    expect(said).toContain("DATABASE_URL");
    expect(said).toContain(advice);
    expect(said).not.toContain("secret");
    expect(exitCode).toBe(1);
  },
);

it.each([["contract"], ["history"]])(
  "%s says in a line that DATABASE_URL is none",
  async (name) => {
    const command = start("postgres://u:pa/ss#w@db/x", name, "docusign/1");
    const [said, [exitCode]] = await Promise.all([text(command.stderr), once(command, "exit")]);
    expect(said).toMatch(/^Environment variable DATABASE_URL: [^\n]+ %2F[^\n]*\n$/);
    expect(said).not.toContain("ss#w");
    expect(exitCode).toBe(1);
  },
);

it("says nothing where nobody reads it any more", async () => {
  const command = start("", "--help");
  command.stdout.destroy();
  const [said, [exitCode]] = await Promise.all([text(command.stderr), once(command, "exit")]);
  expect(said).toBe("");
  expect(exitCode).toBe(0);
});
