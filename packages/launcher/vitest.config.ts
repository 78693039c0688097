import { defineConfig } from "vitest/config";

// oxlint-disable-next-line import/no-default-export -- vitest reads its configuration from there
export default defineConfig({ test: { testTimeout: 60_000, hookTimeout: 60_000 } });
