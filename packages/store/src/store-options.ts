import { dieAt } from "./fault-points.ts";
import type { StoreOptions } from "./store.ts";

/** The environment variables that say where a store is, checked. */
type StoreVariables = {
  DATABASE_URL: string;
  DATABASE_SCHEMA: string;
  DATABASE_BACKEND: NonNullable<StoreOptions["backend"]>;
  COUNTERSIGN_DIE_AT?: string | undefined;
  NODE_ENV?: string | undefined;
};

/** How an app opens its store. Fault points are off in production, whatever else is set. */
export function storeOptions(variables: StoreVariables, applicationName: string): StoreOptions {
  const { COUNTERSIGN_DIE_AT: fatal, NODE_ENV: mode } = variables;
  return {
    url: variables.DATABASE_URL,
    schema: variables.DATABASE_SCHEMA,
    backend: variables.DATABASE_BACKEND,
    applicationName,
    ...(fatal !== undefined && mode !== "production" && { onPoint: dieAt(fatal) }),
  };
}
