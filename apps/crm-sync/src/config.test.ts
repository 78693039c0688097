import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { readConfig } from "./config.ts";

const folder = mkdtempSync(join(tmpdir(), "countersign-config-"));
afterAll(() => rmSync(folder, { recursive: true }));

const hubspot = "hubspot:\n  pipelines: { default: { sent: contractsent } }\n";
const salesforce = "salesforce:\n  stages: { sent: Qualification }\n";
const token = { HUBSPOT_ACCESS_TOKEN: "t" };
const secret = { SALESFORCE_CLIENT_ID: "c", SALESFORCE_CLIENT_SECRET: "s" };

function read(yaml: string, environment: Record<string, string>) {
  const file = join(folder, "countersign.yaml");
  writeFileSync(file, yaml);
  const store = { DATABASE_URL: "postgres://localhost/x", COUNTERSIGN_CONFIG: file };
  return readConfig({ ...store, ...environment });
}

const tools = { now: () => new Date(), timeout: 1_000, onCall: () => undefined };

it.each<[string, Record<string, string>, string[]]>([
  [hubspot + salesforce, { ...token, ...secret }, ["hubspot", "salesforce"]],
  [hubspot, { ...token, ...secret }, ["hubspot"]],
  [salesforce, secret, ["salesforce"]],
])("%j: %j connects %j", (yaml, environment, ids) => {
  const config = read(yaml, environment);
  expect(config.crms.map((connect) => connect(tools).id)).toEqual(ids);
  expect(config.port).toBe(3002);
});

it.each<[string, Record<string, string>, RegExp]>([
  [hubspot, {}, /^\S+countersign\.yaml has a section hubspot, .*HUBSPOT_ACCESS_TOKEN is not set\./],
  [hubspot, { HUBSPOT_ACCESS_TOKEN: "" }, /HUBSPOT_ACCESS_TOKEN is not set/],
  [
    salesforce,
    { SALESFORCE_CLIENT_ID: "c" },
    /has a section salesforce, .*SALESFORCE_CLIENT_SECRET/,
  ],
  ["{}", token, /there is neither hubspot nor salesforce/],
  [hubspot, { ...token, HUBSPOT_CALLS_PER_10_SECONDS: "20" }, /must be 50 or more/],
  [
    hubspot,
    { ...token, HUBSPOT_API_URL: "nowhere" },
    /HUBSPOT_API_URL: must be an address that begins with https/,
  ],
])("%j: %j is refused in one line", (yaml, environment, message) => {
  expect(() => read(yaml, environment)).toThrow(message);
  expect(() => read(yaml, environment)).not.toThrow(/\n/);
});

it("says all that is missing", () => {
  expect(() => read(hubspot + salesforce, {})).toThrow(
    /HUBSPOT_ACCESS_TOKEN.*\n.*SALESFORCE_CLIENT_ID/,
  );
});
