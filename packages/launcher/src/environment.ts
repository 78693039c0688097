import { providers } from "@countersign/core";
import { variablePrefix } from "@countersign/sandbox";
import type { Environment } from "./config.ts";

/** The services outside that the sandbox stands in for; each one's variables begin with its name. */
export const services = ["SLACK", "HUBSPOT", "SALESFORCE"] as const;

export type Service = (typeof services)[number];

/** So do those of the e-signature providers, for which the sandbox stands in too. */
const outside = [...services, ...providers.map(({ id }) => variablePrefix(id))];

/**
 * The apps' environment: what is given, and the sandbox's values where nothing is. Whoever outside has any
 * credential of their own takes none of the sandbox's values, so that real credentials never go to the sandbox
 * nor sandbox ones to the real service. An address alone is no credential: it redirects and nothing else. Each
 * provider has a webhook secret in any case: its source asks for one.
 */
export function withSandbox(given: Environment, sandbox: Record<string, string>): Environment {
  const wanted = Object.entries(sandbox).filter(([name]) => {
    const whose = whoseIs(name);
    const isFree = whose === undefined || isWebhookSecret(name) || !hasCredential(given, whose);
    return !isGiven(given, name) && isFree;
  });
  return { ...given, ...Object.fromEntries(wanted) };
}

/** The services for which credentials are given. */
export function realServices(given: Environment): Service[] {
  return services.filter((service) => hasCredential(given, service));
}

/** The sandbox's own environment: no real credential reaches it. */
export function forSandbox(given: Environment, sandbox: Record<string, string>): Environment {
  const harmless = Object.entries(given).filter(
    ([name]) => name !== "DATABASE_URL" && !(whoseIs(name) !== undefined && isCredential(name)),
  );
  return { ...Object.fromEntries(harmless), ...sandbox };
}

function whoseIs(name: string): string | undefined {
  return outside.find((prefix) => name.startsWith(`${prefix}_`));
}

function hasCredential(given: Environment, whose: string): boolean {
  return Object.keys(given).some(
    (name) => whoseIs(name) === whose && isGiven(given, name) && isCredential(name),
  );
}

function isWebhookSecret(name: string): boolean {
  return providers.some(({ id }) => name === `${variablePrefix(id)}_SECRET`);
}

function isCredential(name: string): boolean {
  return !name.endsWith("_URL") && !name.endsWith("_PORT");
}

function isGiven(given: Environment, name: string): boolean {
  return given[name] !== undefined && given[name] !== "";
}
