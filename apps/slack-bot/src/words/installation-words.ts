/** What a person reads in the browser when they install the app. `workspace` comes from Slack. */
export const installationWords = {
  done: {
    title: "Countersign is installed",
    sentence: (workspace: string) =>
      `Countersign is installed in ${workspace}. In Slack, type /contract help to see what it can do, and /contract subscribe in a channel to hear of contracts there.`,
    link: "Open Slack",
  },
  cancelled: {
    title: "Countersign is not installed",
    sentence: "You did not allow it, so nothing was changed. You can install it at any time.",
  },
  stale: {
    title: "Start again",
    sentence:
      "This installation was begun in another browser, or more than ten minutes ago, or is finished already. Nothing was changed.",
  },
  notAllowed: {
    title: "This workspace is not allowed yet",
    sentence: (workspace: string, key: string) =>
      `Countersign shows its contracts only in workspaces that its settings name, and ${workspace} is not one of them. If it should be, have ${key} added to slack.workspaces in countersign.yaml, restart the Slack bot, and install it again.`,
  },
  refused: {
    title: "Slack refused the installation",
    sentence: (code: string) =>
      `Slack answered ${code}. If that comes again, check SLACK_CLIENT_ID and SLACK_CLIENT_SECRET against the app's Basic Information in Slack.`,
  },
  away: {
    title: "That did not work",
    sentence: "Slack or the database could not be reached just now, so nothing was installed.",
  },
  again: "Install Countersign",
};
