import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { record, type Store } from "@countersign/store";
import {
  aDelivery,
  aFact,
  aReport,
  openTestStore,
  testDatabaseUrl,
} from "@countersign/store/testing";
import { afterAll, beforeAll, expect, it } from "vitest";

const main = fileURLToPath(new URL("main.ts", import.meta.url));
const run = promisify(execFile);
const folder = mkdtempSync(join(tmpdir(), "countersign-rehearsal-"));
const plan = join(folder, "plan");

const sources = 'sources: [{ name: docusign, provider: docusign, secrets: ["s"] }]\n';
const hubspot = "hubspot: { pipelines: {} }\n";
const texts = {
  present: `${sources}${hubspot}slack: { channel: C0000000001 }\n`,
  moved: `${sources}${hubspot}slack: { channel: C0000000002 }\n`,
  slackAlone: `${sources}slack: { channel: C0000000002 }\n`,
  crmsAlone: `${sources}${hubspot}`,
  broken: `${sources}${hubspot}slack: { channel: general }\n`,
};

/** Each command is several processes, one after the other. */
const slow = { timeout: 120_000 };

let store: Store;
/** What was printed of a rehearsal of the moved channel, which is in `plan` too. */
let moved: Awaited<ReturnType<typeof countersign>>;
beforeAll(async () => {
  for (const [name, text] of Object.entries(texts)) writeFileSync(fileOf(name), text);
  store = await openTestStore();
  const described = aFact("contract.noted", {
    note: "described",
    description: { title: "Lease <2026>" },
  });
  const facts = [described, aFact("contract.sent", { occurredAt: "2026-05-04T09:00:00.000Z" })];
  await record(store, aDelivery("{}"), aReport("e-1", ...facts));
  moved = await rehearse("present", "moved", "--out", plan);
}, slow.timeout);
afterAll(async () => {
  await store.close();
  rmSync(folder, { recursive: true });
});

function fileOf(name: string): string {
  return join(folder, `${name}.yaml`);
}

/** As an admin would, where this countersign.yaml is in force. No service is there: nothing may be asked. */
async function countersign(inForce: keyof typeof texts, ...typed: string[]) {
  const env = {
    PATH: process.env["PATH"],
    DATABASE_URL: testDatabaseUrl(),
    DATABASE_SCHEMA: store.schema,
    COUNTERSIGN_CONFIG: fileOf(inForce),
    HUBSPOT_ACCESS_TOKEN: "t",
    HUBSPOT_API_URL: "http://127.0.0.1:9",
    SLACK_API_URL: "http://127.0.0.1:9",
  };
  try {
    const { stdout, stderr } = await run(process.execPath, [main, ...typed], { env });
    return { exitCode: 0, out: stdout, err: stderr };
  } catch (error) {
    if (!(error instanceof Error) || !("code" in error)) throw error;
    const { stdout, stderr } = Object(error);
    return { exitCode: error.code, out: String(stdout), err: String(stderr) };
  }
}

const rehearse = (inForce: keyof typeof texts, changed: keyof typeof texts, ...more: string[]) =>
  countersign(inForce, "rehearse", "--config", fileOf(changed), ...more);

it("rehearses both halves as one, for people, for programs and as a page", () => {
  const { exitCode, out, err } = moved;
  expect(exitCode).toBe(1);
  expect(out).toContain("hubspot: 1 contracts since");
  expect(out).toContain("would change nothing in the CRMs.");
  expect(out).toContain(
    "docusign/e-1 in C0000000002: would say, a card: The contract “Lease <2026>”",
  );
  expect(out).toContain("docusign/e-1 in C0000000001: would no longer say, below the card");
  expect(err).toContain("plan.json and ");
  const kept = JSON.parse(readFileSync(`${plan}.json`, "utf8"));
  expect(kept).toMatchObject({
    format: 1,
    config: fileOf("moved"),
    crms: [{ crm: "hubspot", writes: [] }],
    slack: { contracts: 1, posts: [{ part: "card" }, { part: "reply" }], without: [{}, {}] },
  });
  const page = readFileSync(`${plan}.html`, "utf8");
  expect(page).toContain("<h2>hubspot</h2>");
  expect(page).toContain("<h2>slack</h2>");
  expect(page).toContain("Lease &lt;2026&gt;");
  expect(page).not.toContain("Lease <2026>");
  expect(page).not.toMatch(/<(script|link)|https?:/);
});

it("finds nothing in the same file", async () => {
  const { exitCode, out } = await rehearse("present", "present");
  expect(exitCode).toBe(0);
  expect(out).toMatch(
    /would change nothing in the CRMs\.\n.*\n.*would change nothing in Slack\.\n$/,
  );
});

it.each<[keyof typeof texts, object]>([
  ["slackAlone", { crms: [], slack: { posts: [] } }],
  ["crmsAlone", { crms: [{ crm: "hubspot" }], slack: null }],
])("rehearses %s", async (file, data) => {
  const { exitCode, out } = await rehearse(file, file, "--json");
  expect(exitCode).toBe(0);
  expect(JSON.parse(out)).toMatchObject({ is: "done", data });
});

it.each<[string, string[], number, RegExp]>([
  ["no file", [], 2, /--config: must name the changed countersign.yaml/],
  ["a file that is wrong", ["--config", fileOf("broken")], 1, /broken\.yaml:3: slack\.channel/],
  [
    "a place that is none",
    ["--config", fileOf("moved"), "--out", join(folder, "none", "plan")],
    1,
    /--out cannot be written/,
  ],
])("explains %s", async (_what, typed, exitCode, message) => {
  const answer = await countersign("present", "rehearse", ...typed);
  expect(answer.exitCode).toBe(exitCode);
  expect(answer.err).toMatch(message);
});

it("says how much apply would do, and leaves Slack out unless it is asked for", slow, async () => {
  const file = `${plan}.json`;
  const done = await countersign("moved", "apply", file, "--yes");
  expect(done.exitCode).toBe(0);
  expect(done.out).toContain("0 records written");
  expect(done.out).toContain(
    "Slack is left as it is: 2 messages would be posted and 0 cards edited, for 1 contracts. That is for you to decide: add --with-slack.",
  );
  const { rows } = await store.database.query("select from effects");
  expect(rows).toEqual([]);
  const refused = await countersign("moved", "apply", file, "--with-slack", "--yes");
  expect(refused.exitCode).toBe(1);
  expect(refused.err).toContain("SLACK_BOT_TOKEN: set it to the app's bot token");
});
