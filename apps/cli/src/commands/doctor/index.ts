import type { ErrandCommand } from "../command.ts";

export const doctor: ErrandCommand = {
  name: "doctor",
  usage: ["[hubspot|salesforce] [--config new.yaml] [--json]"],
  summary:
    "Holds countersign.yaml against the live CRMs: fields, types, options, stages, grants, quota",
  notes: [
    "Nothing is changed. Each fault says where it is, what it stops, and what to do; the exit code is 1 while",
    "there is one that stops anything. crm-sync asks the same when it starts and every ten minutes: what was",
    "mended goes on by itself.",
  ],
  options: { config: { type: "string", help: "A file instead of countersign.yaml" } },
  errand({ words, options }) {
    const [crm, ...rest] = words;
    if (rest.length > 0) return { exitCode: 2, text: "Name one CRM, or none for all." };
    return { app: "crm-sync", task: "doctor", options: { ...options, crm } };
  },
};
