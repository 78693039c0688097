import type { Log } from "@countersign/service";
import { WebAPIPlatformError, WebClient, type WebAPICallResult } from "@slack/web-api";
import { callOnce } from "./call.ts";
import { slackLogger } from "./logger.ts";
import { openSeats } from "./seats.ts";

/** How long a call may take, in milliseconds. After that its end is unknown. */
export const callTimeout = 10_000;

/** How many calls may be under way at the same time: as many as WebClient lets. Writing the plan down counts as well. */
export const callsAtOnce = 100;

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
export class OnceClient extends WebClient {
  readonly #timeout: number;
  readonly #seats = openSeats(callsAtOnce);
  readonly #log: Log;

  constructor({ botToken, apiUrl, timeout = callTimeout }: ClientOptions, log: Log) {
    super(botToken, { slackApiUrl: apiUrl, logger: slackLogger(log) });
    this.#timeout = timeout;
    this.#log = log;
  }

  override async apiCall(
    method: string,
    { token = this.token, ...parameters }: Record<string, unknown> = {},
  ): Promise<WebAPICallResult> {
    await this.#seats.take();
    try {
      const by = typeof token === "string" ? token : undefined;
      const url = `${this.slackApiUrl}${method}`;
      const answer = await callOnce({ url, token: by, parameters, timeout: this.#timeout });
      this.#logWarnings(method, answer);
      return answer;
    } catch (error) {
      if (error instanceof WebAPIPlatformError) this.#logWarnings(method, error.data);
      throw error;
    } finally {
      this.#seats.leave();
    }
  }

  #logWarnings(method: string, { response_metadata: metadata }: WebAPICallResult): void {
    const words = [metadata?.warnings ?? [], metadata?.messages ?? []].flat();
    if (words.length > 0) this.#log.warn({ method, words }, "slack warned of a call");
  }
}

export function openClient(options: ClientOptions, log: Log): WebClient {
  return new OnceClient(options, log);
}
