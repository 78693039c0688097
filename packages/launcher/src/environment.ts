import type { Environment } from "./config.ts";

/** The services outside that the sandbox stands in for; each one's variables begin with its name. */
export const services = ["SLACK", "HUBSPOT", "SALESFORCE"] as const;

export type Service = (typeof services)[number];

/**
 * The apps' environment: what is given, and the sandbox's values where nothing is. A service with any credential
 * of its own takes none of the sandbox's values, so that real credentials never go to the sandbox nor sandbox
 * ones to the real service. An address alone is no credential: it redirects the service and nothing else.
 */
export function withSandbox(given: Environment, sandbox: Record<string, string>): Environment {
  const real = realServices(given);
  const wanted = Object.entries(sandbox).filter(([name]) => {
    const service = serviceOf(name);
    return !isGiven(given, name) && (service === undefined || !real.includes(service));
  });
  return { ...given, ...Object.fromEntries(wanted) };
}

/** The services for which credentials are given. */
export function realServices(given: Environment): Service[] {
  return services.filter((service) =>
    Object.keys(given).some(
      (name) => serviceOf(name) === service && isGiven(given, name) && isCredential(name),
    ),
  );
}

/** The sandbox's own environment: no real credential reaches it. */
export function forSandbox(given: Environment, sandbox: Record<string, string>): Environment {
  const harmless = Object.entries(given).filter(
    ([name]) => name !== "DATABASE_URL" && !(serviceOf(name) !== undefined && isCredential(name)),
  );
  return { ...Object.fromEntries(harmless), ...sandbox };
}

function serviceOf(name: string): Service | undefined {
  return services.find((service) => name.startsWith(`${service}_`));
}

function isCredential(name: string): boolean {
  return !name.endsWith("_URL") && !name.endsWith("_PORT");
}

function isGiven(given: Environment, name: string): boolean {
  return given[name] !== undefined && given[name] !== "";
}
