import { fileURLToPath } from "node:url";
import { providerById } from "@countersign/core";
import express, { type ErrorRequestHandler, type Express, type RequestHandler } from "express";
import { z } from "zod";
import { createControlRouter, type Controlled } from "./control.ts";
import { createFontsRouter } from "./fonts.ts";
import type { Desk } from "./providers/desk.ts";
import type { Mailroom } from "./providers/mailroom.ts";
import { createProviderRouter } from "./providers/router.ts";
import { createVendorRouter } from "./providers/vendor-router.ts";

const pageFolder = fileURLToPath(new URL("page/", import.meta.url));

/** Everything on the sandbox's one port. */
export function createApp(options: {
  controlled: Controlled;
  desk: Desk;
  mailroom: Mailroom;
  now: () => Date;
  listen: RequestHandler;
}): Express {
  const { controlled, desk, mailroom } = options;
  const app = express();
  app.disable("x-powered-by");
  app.get(["/healthz", "/readyz"], (_request, response) => {
    response.json({ ok: true });
  });
  app.use("/slack/api", controlled.slack.router);
  app.use("/slack", controlled.slack.publicRouter);
  app.use("/hubspot", controlled.crms.hubspot.router);
  app.use("/salesforce", controlled.crms.salesforce.router);
  app.use("/providers", createVendorRouter(vendorPorts(desk, options.now)));
  app.get("/events", options.listen);
  app.use(guardPage);
  app.use("/fonts", createFontsRouter());
  app.use("/page", express.static(pageFolder, { index: false }));
  app.get("/", (_request, response) => response.sendFile("index.html", { root: pageFolder }));
  app.use(express.json());
  app.use("/providers", createProviderRouter(desk, mailroom));
  app.use("/control", createControlRouter(controlled));
  app.use(refuse);
  return app;
}

function vendorPorts(desk: Desk, now: () => Date) {
  return {
    vendorSideOf: (id: string) => providerById(id)?.vendorSide,
    contractsOf: (id: string) => desk.contracts().filter(({ providerId }) => providerId === id),
    keep: desk.keep,
    now,
  };
}

/** The page shows what strangers wrote, so its browser runs and loads nothing that is not ours. */
const guardPage: RequestHandler = (_request, response, next) => {
  response.set({
    "Content-Security-Policy":
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
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
