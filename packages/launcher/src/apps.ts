/** Everything `npm start` runs as a process of its own, PostgreSQL aside. */
export const appNames = ["sandbox", "slackBot", "crmSync", "receiver"] as const;

export type AppName = (typeof appNames)[number];

export type AppDescription = {
  /** What people and log files call it. */
  title: string;
  /** Its program, from the root of the checkout. */
  entry: string;
  portVariable: string;
  defaultPort: number;
  /** Answers 2xx as soon as the app can do its work. */
  readyPath: string;
};

export const apps: Record<AppName, AppDescription> = {
  sandbox: {
    title: "sandbox",
    entry: "packages/sandbox/src/main.ts",
    portVariable: "SANDBOX_PORT",
    defaultPort: 4000,
    readyPath: "/",
  },
  slackBot: {
    title: "slack-bot",
    entry: "apps/slack-bot/src/main.ts",
    portVariable: "SLACK_BOT_PORT",
    defaultPort: 3001,
    readyPath: "/readyz",
  },
  crmSync: {
    title: "crm-sync",
    entry: "apps/crm-sync/src/main.ts",
    portVariable: "CRM_SYNC_PORT",
    defaultPort: 3002,
    readyPath: "/readyz",
  },
  receiver: {
    title: "receiver",
    entry: "apps/receiver/src/main.ts",
    portVariable: "RECEIVER_PORT",
    defaultPort: 3000,
    readyPath: "/readyz",
  },
};
