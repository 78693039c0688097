import type { ErrandCommand } from "../command.ts";

export const errors: ErrandCommand = {
  name: "errors",
  usage: ["[--crm hubspot] [--group <name>] [--examples 3] [--json]"],
  summary: "The contracts that a CRM refused, grouped by cause, each with the one thing to do",
  notes: [
    "transient: passes by itself. credential: whoever keeps the keys. permanent-data: fields, values and rules of",
    "the CRM, or countersign.yaml. permanent-target: the deal, or the tie to it. When it is mended, have the group",
    "tried again with countersign resync.",
  ],
  options: {
    crm: { type: "string", help: "Only this CRM, such as hubspot" },
    group: { type: "string", help: "Only this group, with more examples" },
    examples: { type: "string", help: "How many contracts of each group are shown" },
  },
  errand: ({ words, options }) =>
    words.length > 0
      ? { exitCode: 2, text: `Not understood: ${words.join(" ")}.` }
      : { app: "crm-sync", task: "errors", options },
};
