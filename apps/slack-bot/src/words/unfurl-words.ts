// What stands below a link that somebody shared.

import { quoteLimits } from "../blocks/limits.ts";
import { quote } from "../blocks/text.ts";
import type { DealFacts } from "../contracts/facts.ts";
import { dealWords, recordWords } from "./deal-words.ts";

/** Above the contracts of a deal. */
export function contractsOfWords(deal: DealFacts): string {
  return quote(
    `Contracts of the ${recordWords(deal.crm)} ${dealWords(deal)}`,
    quoteLimits.title * 2,
  );
}
