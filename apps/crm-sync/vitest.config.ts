import { configDefaults, defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    exclude: [...configDefaults.exclude, "src/drills/**"],
    globalSetup: "@countersign/postgres/vitest",
    testTimeout: 30_000,
    hookTimeout: 30_000,
  },
});
