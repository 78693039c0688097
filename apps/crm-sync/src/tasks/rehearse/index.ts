import { writeFile } from "node:fs/promises";
import { z } from "zod";
import { rehearsalPage } from "../../rehearse/rehearsal-page.ts";
import { rehearsalText } from "../../rehearse/rehearsal-text.ts";
import type { CrmRehearsal, Rehearsal } from "../../rehearse/rehearsal.ts";
import { rehearse } from "../../rehearse/rehearse.ts";
import type { Task } from "../task.ts";
import { readSince } from "./read-since.ts";

const options = z.object({
  config: z
    .string({ error: "must name the changed countersign.yaml" })
    .describe("The changed countersign.yaml"),
  since: z.string().default("30d").describe("From when on: 30d, 12h, or a date. 30d unless given"),
  out: z
    .string()
    .optional()
    .describe("Writes <out>.json, which apply takes, and <out>.html for people"),
});

export const task: Task<typeof options> = {
  name: "rehearse",
  summary: "Shows what a changed countersign.yaml would write to the CRMs, and writes nothing",
  options,
  async run({ config, since: given, out }, tools) {
    const since = readSince(given, tools.now());
    if (since === null) {
      const text = `--since ${given} is not a time: give 30d, 12h, or a date such as 2026-11-01.`;
      return { is: "refused", text, data: { code: "since" } };
    }
    const store = await tools.store();
    const present = tools.crms();
    const crms: CrmRehearsal[] = [];
    for (const changed of tools.crms(config)) {
      const same = present.find(({ id }) => id === changed.id) ?? null;
      crms.push(
        await rehearse(store, { present: same, changed }, since, (line) => tools.tell(line)),
      );
    }
    const rehearsal: Rehearsal = {
      format: 1,
      config,
      since: since.toISOString(),
      madeAt: tools.now().toISOString(),
      crms,
      slack: null,
    };
    if (out !== undefined) {
      await writeFile(`${out}.json`, `${JSON.stringify(rehearsal, null, 2)}\n`);
      await writeFile(`${out}.html`, rehearsalPage(rehearsal));
      tools.tell(`${out}.json and ${out}.html are written`);
    }
    const differs = crms.some(({ writes, without }) => writes.length + without.length > 0);
    return {
      is: differs ? "findings" : "done",
      text: rehearsalText(rehearsal),
      data: { ...rehearsal },
    };
  },
};
