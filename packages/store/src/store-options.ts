import { dieAt } from "./fault-points.ts";
import type { StoreOptions } from "./store.ts";

/** The environment variables that say where a store is, checked. */
type StoreVariables = {
  DATABASE_URL: string;
  DATABASE_SCHEMA: string;
  DATABASE_BACKEND: NonNullable<StoreOptions["backend"]>;
  COUNTERSIGN_DIE_AT?: string | undefined;
};

/** How an app opens its store. */
export function storeOptions(variables: StoreVariables, applicationName: string): StoreOptions {
  const { COUNTERSIGN_DIE_AT: fatal } = variables;
  return {
    url: variables.DATABASE_URL,
    schema: variables.DATABASE_SCHEMA,
    backend: variables.DATABASE_BACKEND,
    applicationName,
    ...(fatal !== undefined && { onPoint: dieAt(fatal) }),
  };
}
