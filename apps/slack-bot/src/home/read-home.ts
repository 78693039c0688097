import { contractStatuses, openStatuses, type Contract } from "@countersign/core";
import { readContractsOf, readContractsWith, readPerson, readQuietedBy } from "@countersign/store";
import { personOf, whoBefore, type KnownPerson } from "../acting/people.ts";
import { cardOf, type Card } from "../contracts/card.ts";
import type { ContractFacts } from "../contracts/facts.ts";
import { readFacts } from "../contracts/read-facts.ts";
import { readSettings } from "../people/settings.ts";
import type { Ports } from "../ports.ts";
import { may } from "../roles.ts";
import type { Home } from "./home.ts";
import { byUrgency, isTurnOf, urgencies } from "./urgency.ts";

/** How many contracts a page of the home tab shows. */
export const homePage = 12;

/** How many open contracts are put in order; who has more sees those that changed last. */
const mostOpen = 300;

/** How many ended contracts are shown, and for how many days. */
const mostFinished = 5;
const finishedDays = 7;

/** What a person's home tab shows now. A page that is not there any more is the last one. */
export async function readHome(
  ports: Ports,
  who: { workspace: string; userId: string },
  asked: number,
): Promise<Home> {
  const store = ports.store();
  const [known, person, muted] = await Promise.all([
    readPerson(store, who),
    personOf(ports, who),
    readQuietedBy(store, { workspace: who.workspace, audience: who.userId }),
  ]);
  const now = ports.now();
  const quiet = new Set(
    muted.filter(({ until }) => until === null || until > now).map(({ contractId }) => contractId),
  );
  const own = person.email === null ? nothing : await readOwn(ports, person.email, now);
  const hours = { ...ports.workingHours, timezone: person.timezone ?? ports.workingHours.timezone };
  const standpoint = { email: person.email ?? "", rules: ports.stalls, hours, now };
  const sorted = byUrgency(own.open, standpoint);
  const pages = Math.max(1, Math.ceil(sorted.length / homePage));
  const page = Math.min(Math.max(1, asked), pages);
  const shown = sorted.slice((page - 1) * homePage, page * homePage);
  return {
    email: person.email,
    counts: countsOf(sorted),
    hasMore: own.hasMore,
    rows: shown.map(({ urgency, ...facts }) => {
      const isQuiet = quiet.has(facts.contract.id);
      return { urgency, card: homeCard(ports, person, facts), isQuiet };
    }),
    page,
    pages,
    finished: own.finished.map((facts) => homeCard(ports, person, facts)),
    settings: readSettings(known?.settings ?? {}),
    timezone: person.timezone,
  };
}

/** `open`: what they sent, what belongs to their deals, and what waits for their own signature. */
type Own = { open: ContractFacts[]; hasMore: boolean; finished: ContractFacts[] };

const nothing: Own = { open: [], hasMore: false, finished: [] };

async function readOwn(ports: Ports, email: string, now: Date): Promise<Own> {
  const store = ports.store();
  const statuses = [...openStatuses];
  const changedSince = new Date(now.getTime() - finishedDays * 86_400_000);
  const ended = contractStatuses.filter((status) => !openStatuses.has(status));
  const [open, withThem, finished] = await Promise.all([
    readContractsOf(store, email, { statuses }, mostOpen + 1),
    readContractsWith(store, email, mostOpen),
    readContractsOf(store, email, { statuses: ended, changedSince }, mostFinished),
  ]);
  const toSign = withThem.filter(({ contract }) => isTurnOf(contract, email));
  const all = new Map([...toSign, ...open.slice(0, mostOpen)].map((one) => [one.contract.id, one]));
  const factsOf = ({ contract }: { contract: Contract }) => readFacts(store, ports, contract);
  return {
    open: await Promise.all([...all.values()].map(factsOf)),
    hasMore: open.length > mostOpen,
    finished: await Promise.all(finished.map(factsOf)),
  };
}

function homeCard(ports: Ports, person: KnownPerson, facts: ContractFacts): Card {
  const showAmounts = may(ports.roles, "seeAmounts", whoBefore(person, facts));
  return cardOf(facts, { showAmounts, canRemind: false, linkable: [] }, ports.now());
}

function countsOf(sorted: readonly { urgency: Home["rows"][number]["urgency"] }[]): Home["counts"] {
  const counts = { expiring: 0, mine: 0, stalled: 0, waiting: 0 };
  for (const urgency of urgencies) {
    counts[urgency] = sorted.filter((one) => one.urgency === urgency).length;
  }
  return counts;
}
