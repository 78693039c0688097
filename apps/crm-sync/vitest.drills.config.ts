import { defineConfig } from "vitest/config";

/** `npm run drills`: the app as a process that is killed. They wait more than they work. */
// oxlint-disable-next-line import/no-default-export -- vitest reads its configuration from there
export default defineConfig({
  test: {
    include: ["src/drills/*.test.ts"],
    globalSetup: "@countersign/postgres/vitest",
    hookTimeout: 30_000,
  },
});
