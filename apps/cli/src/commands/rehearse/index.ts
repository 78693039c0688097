import type { ErrandCommand } from "../command.ts";

export const rehearse: ErrandCommand = {
  name: "rehearse",
  usage: ["--config new.yaml [--since 30d] [--out rehearsal] [--json]"],
  summary: "Shows what a changed countersign.yaml would write to the CRMs, and writes nothing",
  notes: [
    "The exit code is 1 where anything would differ, so that it can stand in a pull request's checks.",
    "--out writes <out>.json, which countersign apply takes, and <out>.html for people.",
  ],
  options: {
    config: { type: "string", help: "The changed countersign.yaml" },
    since: { type: "string", help: "From when on: 30d, 12h, or a date" },
    out: { type: "string", help: "Writes <out>.json and <out>.html" },
  },
  errand: ({ words, options }) =>
    words.length > 0
      ? { exitCode: 2, text: `Not understood: ${words.join(" ")}.` }
      : { app: "crm-sync", task: "rehearse", options },
};
