import { readSince } from "@countersign/service";
import { z } from "zod";
import { rehearsalPart } from "../../rehearse/rehearsal-part.ts";
import { rehearsalText } from "../../rehearse/rehearsal-text.ts";
import type { CrmRehearsal, Rehearsal } from "../../rehearse/rehearsal.ts";
import { rehearse } from "../../rehearse/rehearse.ts";
import type { Task } from "../task.ts";

const options = z.object({
  config: z
    .string({ error: "must name the changed countersign.yaml" })
    .describe("The changed countersign.yaml"),
  since: z.string().default("30d").describe("From when on: 30d, 12h, or a date. 30d unless given"),
});

export const task: Task<typeof options> = {
  name: "rehearse",
  summary: "Shows what a changed countersign.yaml would write to the CRMs, and writes nothing",
  options,
  async run({ config, since: given }, tools) {
    const since = readSince(given, tools.now());
    if (since === null) {
      const text = `--since ${given} is not a time: give 30d, 12h, or a date such as 2026-11-01.`;
      return { is: "refused", text, data: { code: "since" } };
    }
    const store = await tools.store();
    const present = tools.anyCrms();
    const crms: CrmRehearsal[] = [];
    for (const changed of tools.anyCrms(config)) {
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
    };
    const differs = crms.some(({ writes, without }) => writes.length + without.length > 0);
    return {
      is: differs ? "findings" : "done",
      text: rehearsalText(rehearsal),
      data: { ...rehearsal },
      page: rehearsalPart(rehearsal),
    };
  },
};
