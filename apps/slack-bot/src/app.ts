import { failingRequests, healthRoutes, type Log } from "@countersign/service";
import { App, ExpressReceiver, SocketModeReceiver, type Receiver } from "@slack/bolt";
import express, { type Express, type Router } from "express";
import { actions } from "./actions/index.ts";
import { commands } from "./commands/index.ts";
import type { Inlet } from "./config.ts";
import { events } from "./events/index.ts";
import type { SlackMetrics } from "./metrics.ts";
import type { Ports } from "./ports.ts";
import { onAction } from "./requests/on-action.ts";
import { onCommand } from "./requests/on-command.ts";
import { onEvent } from "./requests/on-event.ts";
import { onShortcut } from "./requests/on-shortcut.ts";
import { onSubmission } from "./requests/on-submission.ts";
import { openStrangers } from "./requests/strangers.ts";
import { shortcuts } from "./shortcuts/index.ts";
import { authorize } from "./slack/authorize.ts";
import { callTimeout } from "./slack/client.ts";
import { slackLogger } from "./slack/logger.ts";
import { refuseFutureRequests } from "./slack/refuse-future-requests.ts";
import { submissions } from "./views/index.ts";

export type AppOptions = {
  inlet: Inlet;
  apiUrl: string;
  ports: Ports;
  /** The pages by which workspaces install the app; null where there is one by token. */
  installing: Router | null;
  /** Rejects while something that the bot needs is out of reach. */
  ready: () => Promise<unknown>;
  metrics: SlackMetrics;
  log: Log;
};

/** What Slack calls: `http` to be listened on, `bolt` with everything that people can do; over a socket it is started. */
export type SlackApp = { http: Express; bolt: App };

export function createApp(options: AppOptions): SlackApp {
  const { apiUrl, ports, log } = options;
  const http = express();
  http.disable("x-powered-by");
  http.use(healthRoutes(options.ready, options.metrics.registry));
  if (options.installing !== null) http.use(options.installing);
  const bolt = new App({
    receiver: createReceiver(options, http),
    authorize: authorize(ports.workspaces),
    clientOptions: { slackApiUrl: apiUrl, timeout: callTimeout, retryConfig: { retries: 0 } },
    logger: slackLogger(log),
  });
  for (const [slash, verbs] of Map.groupBy(commands, (command) => command.slash)) {
    bolt.command(slash, onCommand(verbs, ports, log));
  }
  const isStranger = openStrangers(ports);
  bolt.action({ type: "block_actions" }, onAction(actions, ports, isStranger, log));
  bolt.view({ type: "view_submission" }, onSubmission(submissions, ports, isStranger, log));
  for (const shortcut of shortcuts)
    bolt.shortcut(shortcut.id, onShortcut(shortcut, ports, isStranger, log));
  for (const handler of events) bolt.event(handler.type, onEvent(handler, ports, log));
  http.use(failingRequests(log));
  return { http, bolt };
}

function createReceiver({ inlet, apiUrl, ports, log }: AppOptions, http: Express): Receiver {
  const logger = slackLogger(log);
  switch (inlet.mode) {
    case "socket": {
      const clientOptions = { slackApiUrl: apiUrl, timeout: callTimeout, retryConfig: untilThere };
      const installerOptions = { clientOptions };
      return new SocketModeReceiver({ appToken: inlet.appToken, logger, installerOptions });
    }
    case "http":
      http.use(
        "/slack/events",
        refuseFutureRequests(() => ports.now()),
      );
      return new ExpressReceiver({ signingSecret: inlet.signingSecret, app: http, logger });
  }
}

/** The socket is opened again for as long as it takes; waiting for that keeps no process alive. */
const untilThere = { forever: true, retries: 10, maxTimeout: 30_000, unref: true };
