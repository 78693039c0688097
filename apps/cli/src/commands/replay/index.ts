import type { ErrandCommand } from "../command.ts";

export const replay: ErrandCommand = {
  name: "replay",
  usage: [
    "[--source <name>] [--since 2026-09-01] [--announce] [--yes] [--json]",
    "--delivery <number> [--yes] [--json]",
    "--all [--source <name>] [--since 2026-09-01] [--yes] [--json]",
  ],
  summary: "Reads kept deliveries again, as they are understood now: first of all the quarantine",
  notes: [
    "After an update of Countersign or of a source's settings. Facts that are known already change nothing, and",
    "nothing is done twice outside. Bodies that retention has forgotten cannot be read again.",
  ],
  options: {
    source: { type: "string", help: "Only deliveries of this source" },
    delivery: { type: "string", help: "Only this one, by its number in countersign quarantine" },
    since: { type: "string", help: "Only what came since then" },
    all: { type: "boolean", help: "Also what was understood, not the quarantine alone" },
    announce: { type: "boolean", help: "Has Slack hear of what it teaches" },
    yes: { type: "boolean", help: "Does it; without, it says what would be understood" },
  },
  errand: ({ words, options }) =>
    words.length > 0
      ? { exitCode: 2, text: `Not understood: ${words.join(" ")}.` }
      : { app: "receiver", task: "replay", options },
};
