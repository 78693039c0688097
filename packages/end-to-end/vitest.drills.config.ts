import { defineConfig } from "vitest/config";

/** `npm run drills`: the whole product as processes, while something goes wrong. They wait more than they work, so two at a time. */
// oxlint-disable-next-line import/no-default-export -- vitest reads its configuration from there
export default defineConfig({
  test: {
    include: ["src/drills/*.test.ts"],
    maxWorkers: 2,
    testTimeout: 120_000,
    hookTimeout: 90_000,
  },
});
