import { writeFile } from "node:fs/promises";
import type { JoiningCommand, Report } from "../command.ts";
import { rehearsalPage } from "./page.ts";
import { CrmPart, SlackPart } from "./rehearsal.ts";

export const rehearse: JoiningCommand = {
  name: "rehearse",
  usage: ["--config new.yaml [--since 30d] [--out rehearsal] [--json]"],
  summary:
    "Shows what a changed countersign.yaml would write to the CRMs and say in Slack, and does nothing",
  notes: [
    "The exit code is 1 where anything would differ, so that it can stand in a pull request's checks.",
    "--out writes <out>.json, which countersign apply takes, and <out>.html for people.",
  ],
  options: {
    config: { type: "string", help: "The changed countersign.yaml" },
    since: { type: "string", help: "From when on: 30d, 12h, or a date" },
    out: { type: "string", help: "Writes <out>.json and <out>.html" },
  },
  async join({ words, options, tell }, ask) {
    if (words.length > 0) {
      return { is: "usage", text: `Not understood: ${words.join(" ")}.`, data: null };
    }
    const { out, ...asked } = options;
    const crms = await ask({ app: "crm-sync", task: "rehearse", options: asked });
    if (!isDone(crms)) return crms;
    const part = CrmPart.parse(crms.data);
    // The same moment for both halves, whatever `30d` meant a moment later.
    const { since } = part;
    const slack = await ask({
      app: "slack-bot",
      task: "rehearse",
      options: { config: options["config"], since },
    });
    if (!isDone(slack)) return slack;
    const data = { ...part, ...SlackPart.parse(slack.data) };
    if (typeof out === "string") {
      const pages = [crms, slack].flatMap(({ page }) => page ?? []);
      const page = rehearsalPage({ config: String(options["config"]), since }, pages);
      const fault = await write({
        [`${out}.json`]: `${JSON.stringify(data, null, 2)}\n`,
        [`${out}.html`]: page,
      });
      if (fault !== null) return { is: "failed", text: fault, data: null };
      tell(`${out}.json and ${out}.html are written`);
    }
    const halves = [crms, slack];
    return {
      is: halves.some(({ is }) => is === "findings") ? "findings" : "done",
      text: halves.flatMap(({ text }) => (text === "" ? [] : [text])).join("\n"),
      data,
    };
  },
};

function isDone({ is }: Report): boolean {
  return is === "done" || is === "findings";
}

/** What is wrong where they cannot be written. */
async function write(files: Readonly<Record<string, string>>): Promise<string | null> {
  try {
    for (const [file, text] of Object.entries(files)) await writeFile(file, text);
    return null;
  } catch (error) {
    const why = error instanceof Error ? error.message : "";
    return `--out cannot be written: ${why}. Name a file in a folder that exists.`;
  }
}
