import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import express, { type Router } from "express";

/** Slack's text font, and emoji for machines that have none: with them a page looks the same everywhere. */
const packages = {
  lato: import.meta.resolve("@fontsource/lato/package.json"),
  emoji: import.meta.resolve("twemoji-colr-font/package.json"),
};

/** The packages' style sheets and files, at `/<name>/<file>`. */
export function createFontsRouter(): Router {
  const router = express.Router();
  for (const [name, file] of Object.entries(packages)) {
    router.use(`/${name}`, express.static(dirname(fileURLToPath(file)), { index: false }));
  }
  return router;
}
