import { configDefaults, defineConfig } from "vitest/config";

/** Each file runs the whole product as processes, so one file at a time on a small machine. The fault drills have a run of their own. */
export default defineConfig({
  test: {
    exclude: [...configDefaults.exclude, "src/drills/**"],
    fileParallelism: false,
    testTimeout: 60_000,
    hookTimeout: 90_000,
  },
});
