import type { Effect, Progress, Quieted, Unlinked } from "@countersign/store";
import { quietOf } from "../../audience/channel-plans.ts";
import type { WhySilence } from "../../blocks/why-lines.ts";
import type { ContractFacts } from "../../contracts/facts.ts";
import { silenceWords } from "../../words/silence-words.ts";

export type SilencesInput = {
  facts: ContractFacts;
  /** The configured CRMs, with the contract's custom field that names the deal. */
  dealFields: Readonly<Record<string, string>>;
  removed: readonly Unlinked[];
  progress: readonly Progress[];
  effects: readonly Effect[];
};

/** Why CRMs and Slack may not show the contract as it is now. */
export function destinationSilences(input: SilencesInput): WhySilence[] {
  const links = Object.keys(input.dealFields).flatMap((crm) => linkSilence(crm, input));
  const late = input.progress.flatMap(({ destination, standing }) => {
    switch (standing) {
      case "current":
        return [];
      case "behind":
        return [silenceWords.behind(destination)];
      case "gave-up":
        return [silenceWords.gaveUp(destination)];
      case "too-old":
        return [silenceWords.tooOldFor(destination)];
    }
  });
  return [...links, ...late].map((words) => ({ words, until: null }));
}

/** What the ledger says already is not said again. */
function linkSilence(crm: string, input: SilencesInput): string[] {
  const { facts, dealFields, removed, effects } = input;
  if (facts.deals.some((deal) => deal.crm === crm)) return [];
  const untied = removed.find(({ destination }) => destination === crm);
  if (untied !== undefined) return [silenceWords.untied(crm, untied.recordId)];
  const last = effects.findLast(({ destination }) => destination === crm);
  const isSaid = last?.status === "skipped" && ["no-link", "bad-link"].includes(last.code ?? "");
  return isSaid ? [] : [silenceWords.noLink(crm, dealFields[crm] ?? "")];
}

/** That a person or channel does not want to hear of it now. */
export function quietSilence(
  quieted: readonly Quieted[],
  of: Pick<Quieted, "workspace" | "audience">,
  words: { muted: string; snoozed: string },
  now: Date,
): WhySilence[] {
  const quiet = quietOf(quieted, of, now);
  if (quiet === null) return [];
  const own = quieted.find(
    ({ workspace, audience }) => workspace === of.workspace && audience === of.audience,
  );
  return [{ words: words[quiet], until: own?.until?.toISOString() ?? null }];
}
