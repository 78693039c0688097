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
import { latencyOf, type Latency } from "../statistics.ts";
import { titleWordsOf } from "./seed-words.ts";
import { askStatus } from "./slash-command.ts";

const repetitions = 300;
const warmups = 10;

/** A slow query is not asked as often, in milliseconds. */
const longest = 4_000;

/** What `/contract status` finds at most, and one more. */
const limit = 6;

type Ask = (contract: number) => Promise<unknown>;

/** What a slash command runs, and the command itself; each is asked about a contract by its number. */
function queriesOf({ database }: Store, slackBotPort: number): [name: string, ask: Ask][] {
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

/** How long each query takes, one after the other, about contracts spread over all that there are. */
export async function timeQueries(
  store: Store,
  slackBotPort: number,
  contracts: number,
): Promise<Map<string, Latency>> {
  const timed = new Map<string, Latency>();
  for (const [name, query] of queriesOf(store, slackBotPort)) {
    const ask = async (index: number) => {
      const contract = 1 + ((index * 7_919) % contracts);
      const found = await query(contract);
      if (isNothing(found)) throw new Error(`"${name}" found nothing of contract ${contract}.`);
    };
    timed.set(name, await timeOne(ask));
  }
  return timed;
}

async function timeOne(ask: (index: number) => Promise<void>): Promise<Latency> {
  const milliseconds: number[] = [];
  const until = performance.now() + longest;
  for (let index = 0; index < warmups + repetitions && performance.now() < until; index += 1) {
    const started = performance.now();
    await ask(index);
    if (index >= warmups) milliseconds.push(performance.now() - started);
  }
  return latencyOf(milliseconds);
}

function isNothing(found: unknown): boolean {
  return found === null || (Array.isArray(found) && found.length === 0);
}
