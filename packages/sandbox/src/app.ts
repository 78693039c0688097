import { fileURLToPath } from "node:url";
import express, { type ErrorRequestHandler, type Express, type RequestHandler } from "express";
import { z } from "zod";
import { createControlRouter, type Controlled } from "./control.ts";
import type { Desk } from "./providers/desk.ts";
import { createProviderRouter } from "./providers/router.ts";

const pageFolder = fileURLToPath(new URL("page/", import.meta.url));

/** Everything on the sandbox's one port. */
export function createApp(options: {
  controlled: Controlled;
  desk: Desk;
  listen: RequestHandler;
}): Express {
  const { controlled, desk } = options;
  const app = express();
  app.disable("x-powered-by");
  app.get(["/healthz", "/readyz"], (_request, response) => {
    response.json({ ok: true });
  });
  app.use("/slack/api", controlled.slack.router);
  app.use("/hubspot", controlled.crms.hubspot.router);
  app.use("/salesforce", controlled.crms.salesforce.router);
  app.get("/events", options.listen);
  app.use(guardPage);
  app.use("/page", express.static(pageFolder, { index: false }));
  app.get("/", (_request, response) => response.sendFile("index.html", { root: pageFolder }));
  app.use(express.json());
  app.use("/providers", createProviderRouter(desk));
  app.use("/control", createControlRouter(controlled));
  app.use(refuse);
  return app;
}

/** The page shows what strangers wrote, so its browser runs and loads nothing that is not ours. */
const guardPage: RequestHandler = (_request, response, next) => {
  response.set({
    "Content-Security-Policy":
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-cache",
  });
  next();
};

const refuse: ErrorRequestHandler = (error, _request, response, next) => {
  if (response.headersSent) return next(error);
  if (!(error instanceof z.ZodError)) return next(error);
  const [issue] = error.issues;
  const where = issue?.path.join(".") ?? "";
  response.status(400).json({ error: [where, issue?.message].filter(Boolean).join(": ") });
};
