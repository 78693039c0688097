import { relative } from "node:path";
import type { Environment, Ports } from "./config.ts";
import type { Database } from "./database.ts";
import { realServices, type Service, services } from "./environment.ts";
import { logFolder } from "./home.ts";

export type BannerFacts = {
  root: string;
  home: string;
  ports: Ports;
  env: Environment;
  database: Database;
  seconds: number;
};

const titles = { SLACK: "Slack", HUBSPOT: "HubSpot", SALESFORCE: "Salesforce" };

/** What people read once everything runs. */
export function banner({ root, home, ports, env, database, seconds }: BannerFacts): string {
  const page = `http://127.0.0.1:${ports.sandbox}`;
  return [
    "",
    `Countersign is running (started in ${seconds.toFixed(1)} s).`,
    "",
    `  Sandbox    ${page}`,
    `  Receiver   http://127.0.0.1:${ports.receiver}/webhooks/<source>`,
    `  Slack bot  http://127.0.0.1:${ports.slackBot}`,
    `  CRM sync   http://127.0.0.1:${ports.crmSync}`,
    `  Database   ${describeDatabase(database, root)}`,
    `  Services   ${describeServices(env)}`,
    `  Logs       ${relative(root, logFolder(home))}`,
    "",
    `Try first: open ${page} and send a contract out for signature.`,
    "Stop with Ctrl-C.",
  ].join("\n");
}

function describeDatabase({ embedded }: Database, root: string): string {
  if (embedded === undefined) return "the one of DATABASE_URL";
  const { dataDir, movedBecause } = embedded;
  if (movedBecause === undefined) return `PostgreSQL, data in ${relative(root, dataDir)}`;
  return `PostgreSQL, data in ${dataDir}, because ${movedBecause}`;
}

function describeServices(env: Environment): string {
  const real = realServices(env);
  const standIns = services.filter((service) => !real.includes(service));
  if (real.length === 0) return `${named(standIns)}: all in the sandbox`;
  if (standIns.length === 0) return `${named(real)}: the real ones`;
  return `${named(real)}: the real ones; ${named(standIns)}: in the sandbox`;
}

function named(list: readonly Service[]): string {
  return list.map((service) => titles[service]).join(", ");
}
