import { rehearsalOptions, rehearsedFrom } from "@countersign/service";
import { rehearsalPart } from "../../rehearse/rehearsal-part.ts";
import { rehearsalText } from "../../rehearse/rehearsal-text.ts";
import type { CrmRehearsal, Rehearsal } from "../../rehearse/rehearsal.ts";
import { rehearse } from "../../rehearse/rehearse.ts";
import type { Task } from "../task.ts";

export const task: Task<typeof rehearsalOptions> = {
  name: "rehearse",
  summary: "Shows what a changed countersign.yaml would write to the CRMs, and writes nothing",
  options: rehearsalOptions,
  async run({ config, since }, tools) {
    const from = rehearsedFrom(since, tools.now());
    if (from.is === "refused") return from;
    const store = await tools.store();
    const present = tools.anyCrms();
    const crms: CrmRehearsal[] = [];
    for (const changed of tools.anyCrms(config)) {
      const same = present.find(({ id }) => id === changed.id) ?? null;
      crms.push(
        await rehearse(store, { present: same, changed }, from.at, (line) => tools.tell(line)),
      );
    }
    const rehearsal: Rehearsal = {
      format: 1,
      config,
      since: from.at.toISOString(),
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
