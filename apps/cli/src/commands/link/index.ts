import type { ErrandCommand } from "../command.ts";

export const link: ErrandCommand = {
  name: "link",
  usage: [
    "<source>/<id> <crm> <deal> [--by <who>] [--json]",
    "<source>/<id> <crm> --remove [--by <who>] [--json]",
  ],
  summary: "Ties a contract to a deal, or takes its tie away for good",
  notes: [
    "A person's choice stands before the custom field and before any match. It also teaches: contracts of the",
    "same counterparty that wait in the inbox are looked at again. A tie that was taken away is made again by",
    "nobody but a person.",
  ],
  options: {
    remove: { type: "boolean", help: "Takes the tie away, and keeps it away" },
    by: { type: "string", help: "Who chose, for whoever asks why" },
  },
  errand({ words, options }) {
    const [contract, crm, deal, ...rest] = words;
    if (contract === undefined || crm === undefined || rest.length > 0) {
      return { exitCode: 2, text: `Usage: countersign link ${link.usage[0]}` };
    }
    return { app: "crm-sync", task: "link", options: { ...options, contract, crm, deal } };
  },
};
