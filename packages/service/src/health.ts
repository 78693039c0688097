import { Router } from "express";
import { collectDefaultMetrics, Registry } from "prom-client";

/** The app's metrics, with those of its process. */
export function createMetrics(app: string): Registry {
  const registry = new Registry();
  registry.setDefaultLabels({ app });
  collectDefaultMetrics({ register: registry });
  return registry;
}

/**
 * `GET /healthz`: the process is alive. `GET /readyz`: what it needs can be reached; 503 where not.
 * `GET /metrics`: Prometheus. `ready` rejects while something is out of reach.
 */
export function healthRoutes(ready: () => Promise<unknown>, metrics: Registry): Router {
  const router = Router();
  router.get("/healthz", (_request, response) => {
    response.json({ alive: true });
  });
  router.get("/readyz", async (_request, response) => {
    const isReady = await within(2_000, ready());
    response.status(isReady ? 200 : 503).json({ ready: isReady });
  });
  router.get("/metrics", async (_request, response) => {
    response.type(metrics.contentType).send(await metrics.metrics());
  });
  return router;
}

async function within(milliseconds: number, work: Promise<unknown>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), milliseconds);
  });
  const done = work.then(
    () => true,
    () => false,
  );
  return Promise.race([done, late]).finally(() => clearTimeout(timer));
}
