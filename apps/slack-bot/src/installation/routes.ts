import { randomBytes } from "node:crypto";
import express, { type Request, type Response, type Router } from "express";
import { installationWords as words } from "../words/installation-words.ts";
import { install, type InstallPorts, type Installed } from "./install.ts";
import { nameOfInstallation } from "./installation.ts";
import { pageOf, type Page } from "./page.ts";
import { patience, signState } from "./state.ts";

export type RoutePorts = InstallPorts & {
  clientId: string;
  scopes: readonly string[];
  /** Slack's Web API, with its closing slash. */
  apiUrl: string;
};

const cookie = "countersign_install";
const paths = { install: "/slack/install", back: "/slack/oauth_redirect" };

/**
 * Where a person begins to install the app in a workspace, and where Slack sends them back to
 * (https://docs.slack.dev/authentication/installing-with-oauth).
 */
export function installationRoutes(ports: RoutePorts): Router {
  const router = express.Router();
  router.get(paths.install, (request, response) => {
    const back = new URL(paths.back, originOf(request)).href;
    const nonce = randomBytes(16).toString("base64url");
    const state = signState({ back, now: ports.now(), nonce }, ports.stateSecret);
    keepInBrowser(request, response, state);
    const target = new URL("../oauth/v2/authorize", ports.apiUrl);
    target.search = new URLSearchParams({
      client_id: ports.clientId,
      scope: ports.scopes.join(","),
      redirect_uri: back,
      state,
    }).toString();
    response.set("cache-control", "no-store").redirect(302, target.href);
  });
  router.get(paths.back, async (request, response) => {
    const { code, state, error } = request.query;
    const installed = await install(ports, {
      code: textOf(code),
      state: textOf(state),
      error: textOf(error),
      ofBrowser: keptInBrowser(request),
    });
    keepInBrowser(request, response, null);
    response.set({
      "cache-control": "no-store",
      "referrer-policy": "no-referrer",
      "content-security-policy":
        "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
    });
    response
      .status(statuses[installed.end])
      .type("html")
      .send(pageOf(pageFor(installed)));
  });
  return router;
}

const statuses: Record<Installed["end"], number> = {
  done: 200,
  cancelled: 200,
  stale: 400,
  "not-allowed": 403,
  refused: 502,
  away: 503,
};

function pageFor(installed: Installed): Page {
  const again = { href: paths.install, label: words.again };
  switch (installed.end) {
    case "done": {
      const { installation } = installed;
      const search = new URLSearchParams({ app: installation.appId });
      if (installation.team !== null) search.set("team", installation.team.id);
      const href = `https://slack.com/app_redirect?${search.toString()}`;
      const sentence = words.done.sentence(nameOfInstallation(installation));
      return { title: words.done.title, sentence, link: { href, label: words.done.link } };
    }
    case "not-allowed": {
      const sentence = words.notAllowed.sentence(installed.name, installed.key);
      return { title: words.notAllowed.title, sentence, link: null };
    }
    case "refused": {
      const sentence = words.refused.sentence(installed.code);
      return { title: words.refused.title, sentence, link: again };
    }
    case "cancelled":
    case "stale":
    case "away":
      return { ...words[installed.end], link: again };
  }
}

/** As the person's browser addresses us, also through a proxy that ends TLS. Slack knows the addresses that may be. */
function originOf(request: Request): string {
  const host = firstOf(request.get("x-forwarded-host")) ?? request.get("host") ?? "localhost";
  return `${isOverTls(request) ? "https" : "http"}://${host}`;
}

function isOverTls(request: Request): boolean {
  return (firstOf(request.get("x-forwarded-proto")) ?? request.protocol) === "https";
}

function firstOf(header: string | undefined): string | undefined {
  return header?.split(",")[0]?.trim();
}

/** Lax: it comes along when Slack sends the person back. Null takes it away, so that a state serves once. */
function keepInBrowser(request: Request, response: Response, state: string | null): void {
  response.cookie(cookie, state ?? "", {
    httpOnly: true,
    sameSite: "lax",
    secure: isOverTls(request),
    path: "/slack",
    maxAge: state === null ? 0 : patience,
  });
}

function keptInBrowser(request: Request): string {
  const pairs = (request.get("cookie") ?? "").split(";").map((pair) => pair.trim().split("="));
  return pairs.find(([name]) => name === cookie)?.[1] ?? "";
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}
