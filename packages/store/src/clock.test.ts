import { afterEach, expect, it, vi } from "vitest";
import { openTestStore } from "./testing/index.ts";

afterEach(() => {
  vi.useRealTimers();
});

it("keeps PostgreSQL's time, whatever this machine's clock is set to", async () => {
  await using store = await openTestStore();
  const { rows } = await store.database.query<{ now: Date }>("select clock_timestamp() as now");
  const theirs = rows[0]?.now.getTime() ?? 0;
  vi.useFakeTimers({ toFake: ["Date"], now: new Date("2031-01-01T00:00:00Z") });
  const ours = store.now().getTime();
  expect(Math.abs(ours - theirs)).toBeLessThan(5_000);
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(store.now().getTime()).toBeGreaterThan(ours);
});
