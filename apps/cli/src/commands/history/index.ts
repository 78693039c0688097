import type { ErrandCommand } from "../command.ts";
import { subjectOf } from "../subject.ts";

export const history: ErrandCommand = {
  name: "history",
  usage: ["<source>/<id> [--json]", "<the CRM's id of a deal, account or contact> [--json]"],
  summary: "What was written to a CRM, with old and new value, rule, event, time and outcome",
  errand({ words, options }) {
    const [word, ...rest] = words;
    if (word === undefined || rest.length > 0) {
      return { exitCode: 2, text: `Usage: countersign history ${history.usage[0]}` };
    }
    return { app: "crm-sync", task: "history", options: { ...options, ...subjectOf(word) } };
  },
};
