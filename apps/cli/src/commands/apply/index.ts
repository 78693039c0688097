import type { ErrandCommand } from "../command.ts";

export const apply: ErrandCommand = {
  name: "apply",
  usage: ["<rehearsal>.json [--yes] [--json]"],
  summary: "Writes exactly what a rehearsal has shown, and leaves what has changed since",
  notes: [
    "The rehearsed countersign.yaml must be the one in force. Records that changed since are refused one by one.",
  ],
  options: { yes: { type: "boolean", help: "Writes; without, it says how much that is" } },
  errand({ words, options }) {
    const [plan, ...rest] = words;
    if (plan === undefined || rest.length > 0) {
      return { exitCode: 2, text: `Usage: countersign apply ${apply.usage[0]}` };
    }
    return { app: "crm-sync", task: "apply", options: { ...options, plan } };
  },
};
