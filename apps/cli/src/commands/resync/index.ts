import type { ErrandCommand } from "../command.ts";

export const resync: ErrandCommand = {
  name: "resync",
  usage: [
    "--group <name> [--rate 10] [--yes] [--json]",
    "--contract <source>/<id> [--crm hubspot] [--yes] [--json]",
    "--all-failed [--crm hubspot] [--rate 10] [--yes] [--json]",
  ],
  summary: "Has contracts that a CRM refused looked at again, after their cause is mended",
  notes: [
    "Each is brought to what it is now, so nothing is written twice and nothing goes backwards. What was refused",
    "stays in the history. crm-sync must be running to do the work.",
  ],
  options: {
    group: { type: "string", help: "The contracts of this group of countersign errors" },
    contract: { type: "string", help: "This contract, whether or not it is stuck" },
    "all-failed": { type: "boolean", help: "Every contract that is stuck" },
    crm: { type: "string", help: "Only this CRM" },
    rate: { type: "string", help: "How many a second" },
    yes: { type: "boolean", help: "Does it; without, it says how many it would be" },
  },
  errand: ({ words, options }) =>
    words.length > 0
      ? { exitCode: 2, text: `Not understood: ${words.join(" ")}.` }
      : { app: "crm-sync", task: "resync", options },
};
