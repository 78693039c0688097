import type { CrmMatching } from "@countersign/service";
import type { ScoredCandidate } from "./score-candidates.ts";

/** Who decides: the rule where it is certain and nothing else comes near, a person otherwise. */
export type Choice =
  | { is: "certain"; candidate: ScoredCandidate }
  | { is: "unsure"; candidates: ScoredCandidate[] };

/** How many a person is shown. */
const shown = 3;

/**
 * `candidates` are the best first. What nothing speaks for is left out. Nothing is certain where they are not `complete`:
 * a better one may not have been looked at.
 */
export function chooseCandidate(
  candidates: readonly ScoredCandidate[],
  { certain, margin }: Pick<CrmMatching, "certain" | "margin">,
  complete: boolean,
): Choice {
  const [best, next] = candidates;
  if (complete && best !== undefined && best.knowsWho && best.score >= certain) {
    if (best.score - (next?.score ?? 0) >= margin) return { is: "certain", candidate: best };
  }
  return { is: "unsure", candidates: candidates.filter(({ score }) => score > 0).slice(0, shown) };
}
