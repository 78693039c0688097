import type { ErrandCommand } from "../command.ts";

export const backfill: ErrandCommand = {
  name: "backfill",
  usage: ["<source> --from 2026-09-01 [--to 2026-09-30] [--rate 1] [--announce] [--yes] [--json]"],
  summary: "Reads the contracts of a range of days back from their provider",
  notes: [
    "Deals are brought up to date; Slack hears nothing of it without --announce, but of what happens later.",
    "What is broken off goes on with the same command. The source needs access: in countersign.yaml, and the",
    "provider's own limits hold: mind what else uses that account.",
  ],
  options: {
    from: { type: "string", help: "The first day, UTC: contracts that changed since then" },
    to: { type: "string", help: "The last day, UTC; what began later is left out" },
    rate: { type: "string", help: "How many contracts a second are read" },
    announce: { type: "boolean", help: "Has Slack hear of them too" },
    again: { type: "boolean", help: "Begins anew instead of going on" },
    yes: { type: "boolean", help: "Does it; without, it says how many there are" },
  },
  errand({ words, options }) {
    const [source, ...rest] = words;
    if (source === undefined || rest.length > 0) {
      return { exitCode: 2, text: `Usage: countersign backfill ${backfill.usage[0]}` };
    }
    return { app: "receiver", task: "backfill", options: { ...options, source } };
  },
};
