import type { Log } from "@countersign/service";
import { WebClient, type WebClientOptions } from "@slack/web-api";
import { slackLogger } from "./logger.ts";

/** How long a call may take, in milliseconds. After that its end is unknown. */
export const callTimeout = 10_000;

/** How many calls may be under way at the same time. */
export const callsAtOnce = 32;

export type ClientOptions = {
  botToken: string;
  /** Slack's Web API, with its closing slash. */
  apiUrl: string;
  timeout?: number;
};

/**
 * Slack's Web API, each call made once: WebClient repeats by itself for half an hour otherwise, and so may
 * post twice. The queue decides what is tried again.
 */
export function openClient(options: ClientOptions, log: Log): WebClient {
  return new WebClient(options.botToken, clientSettings(options, log));
}

/** How every client of ours behaves, whatever its token. */
export function clientSettings(
  { apiUrl, timeout }: Omit<ClientOptions, "botToken">,
  log: Log,
): WebClientOptions {
  return {
    slackApiUrl: apiUrl,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    maxRequestConcurrency: callsAtOnce,
    timeout: timeout ?? callTimeout,
    logger: slackLogger(log),
  };
}
