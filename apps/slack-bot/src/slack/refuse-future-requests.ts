import type { RequestHandler } from "express";

/** How far a request's time may lie ahead of ours, in seconds: Slack's own five minutes for late ones. */
const tolerance = 300;

/**
 * Bolt 5 refuses a signed request whose time is long past, but takes one from the future, which would stay
 * good until then. See https://docs.slack.dev/authentication/verifying-requests-from-slack
 */
export function refuseFutureRequests(now: () => Date): RequestHandler {
  return (request, response, next) => {
    const sentAt = Number(request.headers["x-slack-request-timestamp"]);
    if (sentAt > now().getTime() / 1_000 + tolerance) response.status(401).end();
    else next();
  };
}
