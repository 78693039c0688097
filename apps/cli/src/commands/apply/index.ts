import { z } from "zod";
import type { Errand, JoiningCommand, Report } from "../command.ts";

/** What slack-bot says that it would do. */
const WouldSay = z.object({ messages: z.number(), edits: z.number() });

export const apply: JoiningCommand = {
  name: "apply",
  usage: ["<rehearsal>.json [--with-slack] [--yes] [--json]"],
  summary: "Does exactly what a rehearsal has shown, and leaves what has changed since",
  notes: [
    "The rehearsed countersign.yaml must be the one in force. What changed since is refused one by one.",
    "Slack is left out unless --with-slack is given: posting old news is for you to decide.",
  ],
  options: {
    "with-slack": { type: "boolean", help: "Posts and edits in Slack too" },
    yes: { type: "boolean", help: "Does it; without, it says how much that is" },
  },
  async join({ words, options }, ask) {
    const [plan, ...rest] = words;
    if (plan === undefined || rest.length > 0) {
      return { is: "usage", text: `Usage: countersign apply ${apply.usage[0]}`, data: null };
    }
    const withSlack = options["with-slack"] === true;
    const yes = options["yes"] === true;
    const errand = (app: Errand["app"], does: boolean): Errand => ({
      app,
      task: "apply",
      options: { plan, yes: does },
    });
    // Asked before the CRMs are written: what is refused is refused as a whole.
    const would = await ask(errand("slack-bot", false));
    if (withSlack && !isDone(would)) return would;
    const crms = await ask(errand("crm-sync", yes));
    if (!isDone(crms)) return crms;
    const slack = withSlack && yes ? await ask(errand("slack-bot", true)) : would;
    return join(crms, slack, withSlack);
  },
};

function join(crms: Report, slack: Report, withSlack: boolean): Report {
  const halves = withSlack ? [crms, slack] : [crms];
  const said = withSlack ? slack.text : leftOut(slack);
  return {
    is: halves.find(({ is }) => is !== "done")?.is ?? "done",
    text: [crms.text, said].filter((text) => text !== "").join("\n"),
    data: { ...Object(crms.data), slack: slack.data },
  };
}

/** What is not done in Slack for want of --with-slack. */
function leftOut({ text, data }: Report): string {
  const would = WouldSay.safeParse(data);
  if (!would.success) return text;
  const { messages, edits } = would.data;
  if (messages + edits === 0) return "";
  return `Slack is left as it is: ${text} That is for you to decide: add --with-slack.`;
}

function isDone({ is }: Report): boolean {
  return is === "done" || is === "findings";
}
