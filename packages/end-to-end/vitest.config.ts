import { defineConfig } from "vitest/config";

/** Each file runs the whole product as processes, so one file at a time on a small machine. */
export default defineConfig({
  test: { fileParallelism: false, testTimeout: 60_000, hookTimeout: 90_000 },
});
