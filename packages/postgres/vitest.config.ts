import { defineConfig } from "vitest/config";

// oxlint-disable-next-line import/no-default-export -- vitest reads its configuration from there
export default defineConfig({
  test: { globalSetup: "./src/vitest.ts", testTimeout: 30_000, hookTimeout: 30_000 },
});
