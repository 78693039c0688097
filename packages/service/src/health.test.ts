import express from "express";
import { expect, it } from "vitest";
import { createMetrics, healthRoutes } from "./health.ts";
import { serve } from "./serve.ts";

async function serving(ready: () => Promise<unknown>) {
  const app = express().use(healthRoutes(ready, createMetrics("test")));
  const listening = await serve(app, 0, "TEST_PORT");
  const get = (path: string) => fetch(`http://127.0.0.1:${listening.port}${path}`);
  return { listening, get };
}

it.each([
  ["can be reached", async () => true, 200],
  ["is out of reach", async () => Promise.reject(new Error("away")), 503],
  ["does not answer", () => new Promise(() => undefined), 503],
])("is alive, and says whether what it needs %s", async (_what, ready, status) => {
  const { listening, get } = await serving(ready);
  await using _open = listening;
  expect((await get("/healthz")).status).toBe(200);
  expect((await get("/readyz")).status).toBe(status);
});

it("shows its metrics to Prometheus", async () => {
  const { listening, get } = await serving(async () => true);
  await using _open = listening;
  const response = await get("/metrics");
  expect(response.headers.get("content-type")).toContain("text/plain");
  expect(await response.text()).toContain('process_cpu_seconds_total{app="test"}');
});

it("says which port is taken and what to do", async () => {
  const { listening } = await serving(async () => true);
  await using _open = listening;
  await expect(serve(express(), listening.port, "TEST_PORT")).rejects.toThrow(
    `Port ${listening.port} is in use. Stop what uses it, or set TEST_PORT to another port.`,
  );
});
