import { spawn } from "node:child_process";
import { join } from "node:path";
import type { Store } from "@countersign/store";
import { testDatabaseUrl } from "@countersign/store/testing";

const main = join(import.meta.dirname, "../main.ts");

/** The app as a process, which is killed when `stack` ends, if not before. */
export function startApp(
  store: Store,
  config: string,
  environment: Record<string, string>,
  stack: AsyncDisposableStack,
) {
  const app = spawn(process.execPath, [main], {
    stdio: ["ignore", "ignore", "inherit"],
    env: {
      DATABASE_URL: testDatabaseUrl(),
      DATABASE_SCHEMA: store.schema,
      COUNTERSIGN_CONFIG: config,
      CRM_SYNC_PORT: "0",
      ...environment,
    },
  });
  stack.defer(() => void app.kill("SIGKILL"));
  return app;
}
