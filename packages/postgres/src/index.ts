export { freePort, freePorts } from "./free-port.ts";
export { PostgresError, type PostgresProblem } from "./postgres-error.ts";
export { isAlive } from "./postmaster.ts";
export { startPostgres, type Postgres, type PostgresOptions } from "./start-postgres.ts";
