import { healthRoutes, type Log } from "@countersign/service";
import { App, ExpressReceiver, SocketModeReceiver, type Receiver } from "@slack/bolt";
import express, { type Express } from "express";
import { openAction } from "./blocks/contract-card.ts";
import { answer } from "./commands/answer.ts";
import type { Command, State } from "./commands/command.ts";
import { answerInTime } from "./commands/in-time.ts";
import type { Inlet } from "./config.ts";
import type { SlackMetrics } from "./metrics.ts";
import { callTimeout } from "./slack/client.ts";
import { slackLogger } from "./slack/logger.ts";
import { refuseFutureRequests } from "./slack/refuse-future-requests.ts";

export type AppOptions = {
  inlet: Inlet;
  botToken: string;
  apiUrl: string;
  commands: readonly Command[];
  state: State;
  /** Rejects while something that the bot needs is out of reach. */
  ready: () => Promise<unknown>;
  now: () => Date;
  metrics: SlackMetrics;
  log: Log;
};

/** What Slack calls: `http` to be listened on, `bolt` with every command; over a socket it is started. */
export type SlackApp = { http: Express; bolt: App };

export function createApp(options: AppOptions): SlackApp {
  const { apiUrl, botToken, log } = options;
  const http = express();
  http.disable("x-powered-by");
  http.use(healthRoutes(options.ready, options.metrics.registry));
  const bolt = new App({
    receiver: createReceiver(options, http),
    authorize: async () => ({ botToken }),
    clientOptions: { slackApiUrl: apiUrl },
    logger: slackLogger(log),
  });
  for (const [slash, verbs] of Map.groupBy(options.commands, (command) => command.slash)) {
    bolt.command(slash, async ({ command, ack }) => {
      const message = await answerInTime(answer(command.text, verbs, options.state), log);
      await ack({ response_type: "ephemeral", ...message });
    });
  }
  bolt.action(openAction, async ({ ack }) => ack());
  return { http, bolt };
}

function createReceiver({ inlet, apiUrl, now, log }: AppOptions, http: Express): Receiver {
  const logger = slackLogger(log);
  switch (inlet.mode) {
    case "socket": {
      const clientOptions = { slackApiUrl: apiUrl, timeout: callTimeout, retryConfig: untilThere };
      const installerOptions = { clientOptions };
      return new SocketModeReceiver({ appToken: inlet.appToken, logger, installerOptions });
    }
    case "http":
      http.use("/slack/events", refuseFutureRequests(now));
      return new ExpressReceiver({ signingSecret: inlet.signingSecret, app: http, logger });
  }
}

/** The socket is opened again for as long as it takes; waiting for that keeps no process alive. */
const untilThere = { forever: true, retries: 10, maxTimeout: 30_000, unref: true };
