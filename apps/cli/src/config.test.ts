import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { errandEnvironment, readConfig } from "./config.ts";

function running(state: object): string {
  const home = mkdtempSync(join(tmpdir(), "countersign-cli-"));
  onTestFinished(() => rmSync(home, { recursive: true }));
  writeFileSync(join(home, "running.json"), JSON.stringify(state));
  return home;
}

const environment = {
  HUBSPOT_ACCESS_TOKEN: "sandbox-hubspot",
  HUBSPOT_API_URL: "http://127.0.0.1:4000/hubspot",
  SALESFORCE_CLIENT_ID: "sandbox-client",
};

it("lends an errand what npm start runs with", () => {
  const COUNTERSIGN_HOME = running({ databaseUrl: "postgres://h/d", environment });
  expect(errandEnvironment({ COUNTERSIGN_HOME })).toEqual({
    COUNTERSIGN_HOME,
    DATABASE_URL: "postgres://h/d",
    ...environment,
  });
  expect(readConfig({ COUNTERSIGN_HOME })).toMatchObject({ url: "postgres://h/d" });
});

it("never mixes the credentials of a real service with the sandbox's address", () => {
  const COUNTERSIGN_HOME = running({ databaseUrl: "postgres://h/d", environment });
  const given = { COUNTERSIGN_HOME, HUBSPOT_ACCESS_TOKEN: "real", SALESFORCE_CLIENT_ID: "" };
  const made = errandEnvironment(given);
  expect(made).toMatchObject({
    HUBSPOT_ACCESS_TOKEN: "real",
    SALESFORCE_CLIENT_ID: "sandbox-client",
  });
  expect(made).not.toHaveProperty("HUBSPOT_API_URL");
});

it("lends nothing to an errand on another database: its ledger is not the sandbox's", () => {
  const COUNTERSIGN_HOME = running({ databaseUrl: "postgres://h/d", environment });
  const given = { COUNTERSIGN_HOME, DATABASE_URL: "postgres://production/d" };
  expect(errandEnvironment(given)).toEqual(given);
  const same = { COUNTERSIGN_HOME, DATABASE_URL: "postgres://h/d" };
  expect(errandEnvironment(same)).toEqual({ ...same, ...environment });
});

it("takes the environment alone where npm start does not run", () => {
  const given = { COUNTERSIGN_HOME: "/nowhere", HUBSPOT_ACCESS_TOKEN: "real" };
  expect(errandEnvironment(given)).toEqual(given);
});
