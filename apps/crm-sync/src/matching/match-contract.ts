import { clip, type Contract } from "@countersign/core";
import {
  readLearnt,
  readSearched,
  RetryLater,
  saveUnmatched,
  wakeAt,
  type Link,
  type Store,
} from "@countersign/store";
import type { CrmMatching } from "@countersign/service";
import type { Quota } from "../crms/quota.ts";
import type { CandidateDeal, CandidateSearch } from "./candidate-deal.ts";
import { chooseCandidate } from "./choose-candidate.ts";
import { evidenceDigest, evidenceOf, isTelling, type Evidence } from "./evidence.ts";
import { scoreCandidates, type ScoredCandidate } from "./score-candidates.ts";

/** What a CRM that looks for deals gives. */
export type Matching = { settings: CrmMatching; search: CandidateSearch };

type Matcher = { id: string; matching: Matching; quota: () => Quota | null };

export type MatchedLink = Omit<Link, "contractId" | "destination">;

const minute = 60_000;

/** CRMs' searches lag behind, and a deal may be made after its contract: it is looked for again by and by. */
const again = { first: 15 * minute, later: 24 * 60 * minute, atMostEvery: 10 * minute };

/** For how long after it was sent. */
const givenUpAfter = 14 * 24 * 60 * minute;

/** Where less than this part of the day's calls is left, no deal is looked for until there are more. */
const keptForWrites = 0.1;
const quotaSeconds = 900;

/**
 * Looks in the CRM for the deal of a contract that names none: the link where one is certain. Where none is,
 * the best candidates are kept for a person. Throws RetryLater where the day's calls are nearly used up.
 */
export async function matchContract(
  store: Store,
  { id, matching, quota }: Matcher,
  contract: Contract,
): Promise<MatchedLink | null> {
  const { settings, search } = matching;
  const evidence = evidenceOf(contract, settings);
  if (contract.status === "draft" || !isTelling(evidence)) return null;
  const learnt = await readLearnt(store, id, evidence.domains);
  const accountIds = learnt.map(({ accountId }) => accountId);
  const digest = evidenceDigest(evidence, accountIds);
  const searched = await readSearched(store, contract.id, id);
  const now = store.now().getTime();
  const isFresh = searched !== null && now - searched.at.getTime() < again.atMostEvery;
  if (isFresh && searched.evidence === digest) return null;
  const left = quota();
  if (left !== null && left.left < left.limit * keptForWrites) throw new RetryLater(quotaSeconds);

  const { deals, complete } = await search.find(queryOf(evidence, accountIds));
  const choice = chooseCandidate(scoreCandidates(evidence, deals, learnt), settings, complete);
  if (choice.is === "certain") return linkTo(choice.candidate);
  await saveUnmatched(store, {
    contractId: contract.id,
    destination: id,
    evidence: digest,
    domains: evidence.domains,
    candidates: choice.candidates.map((candidate) => show(candidate, deals)),
  });
  const sent = Date.parse(evidence.sentAt ?? "");
  if (now - sent < givenUpAfter) {
    const pause = searched === null ? again.first : again.later;
    await wakeAt(store, id, contract.id, new Date(now + pause));
  }
  return null;
}

/** Words in the order of their length: the longer, the more telling. A search takes few. */
function queryOf({ domains, emails, amount, titleWords }: Evidence, accountIds: readonly string[]) {
  const words = titleWords.toSorted((a, b) => b.length - a.length).slice(0, 3);
  return { domains, emails, accountIds, words, amount };
}

function linkTo({ recordId, score, reasons }: ScoredCandidate): MatchedLink {
  return { recordId, foundBy: "rule", certainty: score, detail: clip(reasons.join("; "), 500) };
}

function show({ recordId, score, reasons }: ScoredCandidate, deals: readonly CandidateDeal[]) {
  const deal = deals.find((one) => one.recordId === recordId);
  const shown = {
    name: deal?.name ?? null,
    account: deal?.account?.name ?? null,
    amount: deal?.amount ?? null,
    currency: deal?.currency ?? null,
    ownerEmail: deal?.ownerEmail ?? null,
  };
  return { recordId, score, reasons, shown };
}
