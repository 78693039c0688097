import {
  findContracts,
  readContract,
  readEffects,
  readEvents,
  readLinks,
  type Store,
} from "@countersign/store";
import { digitsOf, externalIdOf } from "../docusign/contract-number.ts";
import { source } from "../docusign/life.ts";
import type { Query } from "../result.ts";
import { latencyOf } from "../statistics.ts";
import { titleWordsOf } from "./seed-words.ts";
import { askStatus } from "./slash-command.ts";

const repetitions = 300;
const warmups = 10;

/** A slow query is not asked as often, in milliseconds. */
const longest = 8_000;

/** What `/contract status` finds at most, and one more. */
const limit = 6;

type Ask = (contract: number) => Promise<unknown>;

/** A database that is asked, and the slack-bot that asks it. */
export type Asked = { store: Store; slackBotPort: number; contracts: number };

/** What a slash command runs, and the command itself; each is asked about a contract by its number. */
function queriesOf({ store: { database }, slackBotPort }: Asked): [name: string, ask: Ask][] {
  const reader = { database };
  const find = (words: string) => findContracts(database, words, limit);
  const slash = (words: string) => askStatus(slackBotPort, words, new Date());
  return [
    ["find by words of a title", (contract) => find(titleWordsOf(contract))],
    ["find by a contract's id", (contract) => find(idOf(contract))],
    ["find by a word of a quarter of all", () => find("lease")],
    ["read a contract", (contract) => readContract(database, idOf(contract))],
    ["read its events", (contract) => readEvents(database, idOf(contract))],
    ["read its effects", (contract) => readEffects(reader, idOf(contract))],
    ["read its links", (contract) => readLinks(reader, idOf(contract))],
    ["/contract status <words of a title>", (contract) => slash(titleWordsOf(contract))],
    ["/contract status <id>", (contract) => slash(idOf(contract))],
  ];
}

function idOf(contract: number): string {
  return `${source}/${externalIdOf(digitsOf(contract))}`;
}

/**
 * How long each query takes, one after the other, about contracts spread over all that there are. Both databases are
 * asked in turns: a machine is not as fast in one minute as in the next.
 */
export async function timeQueries(few: Asked, many: Asked): Promise<Query[]> {
  const askMany = new Map(queriesOf(many));
  const queries: Query[] = [];
  for (const [name, ask] of queriesOf(few)) {
    const other = askMany.get(name) ?? ask;
    queries.push({ name, ...(await timeBoth(asking(name, ask, few), asking(name, other, many))) });
  }
  return queries;
}

type Timed = (index: number) => Promise<number>;

/** Asks about one contract after the other; how many milliseconds the answer took. */
function asking(name: string, ask: Ask, { contracts }: Asked): Timed {
  return async (index) => {
    const contract = 1 + ((index * 7_919) % contracts);
    const started = performance.now();
    const found = await ask(contract);
    const took = performance.now() - started;
    if (isNothing(found)) throw new Error(`"${name}" found nothing of contract ${contract}.`);
    return took;
  };
}

async function timeBoth(few: Timed, many: Timed): Promise<Pick<Query, "small" | "large">> {
  const took: { few: number; many: number }[] = [];
  const until = performance.now() + longest;
  for (let index = 0; index < warmups + repetitions && performance.now() < until; index += 1) {
    took.push({ few: await few(index), many: await many(index) });
  }
  const counted = took.slice(warmups);
  return {
    small: latencyOf(counted.map((one) => one.few)),
    large: latencyOf(counted.map((one) => one.many)),
  };
}

function isNothing(found: unknown): boolean {
  return found === null || (Array.isArray(found) && found.length === 0);
}
