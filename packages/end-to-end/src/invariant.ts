import { createHash } from "node:crypto";
import { fold, type Contract, type ContractEvent } from "@countersign/core";
import {
  openReader,
  readContract,
  readEffects,
  readEvents,
  type Effect,
  type Reader,
} from "@countersign/store";
import { expect } from "vitest";
import { cardWords, expectedDeal } from "./expected.ts";
import type { Calls, CrmId, Message, SandboxState } from "./sandbox-state.ts";
import { messagesOf, readCalls, readState, type Stack } from "./stack.ts";

const crmIds = ["hubspot", "salesforce"] as const;
const destinations = ["slack", ...crmIds] as const;

type Destination = (typeof destinations)[number];

/** What was sent about a contract and answered 2xx. */
export type Taken = {
  /** `<source>/<provider's id>` */
  contractId: string;
  title: string;
  bodies: Buffer[];
  /** The deals that it names. */
  deals: Partial<Record<CrmId, string>>;
  /** Destinations that cannot be brought to show it, each with the code that the ledger must give as the reason. */
  fails?: Partial<Record<Destination, string>>;
  /** Destinations that refused it before somebody mended that, likewise. */
  mended?: Partial<Record<Destination, string>>;
  /** Slack was to hear nothing of it. */
  silent?: boolean;
};

/** The versions of the contract that a destination shows, and at which it was given up. */
type Followed = { version: number; stuck: number };

/** What is kept of a contract: the evidence for every check. */
type Kept = {
  about: Taken;
  contract: Contract;
  version: number;
  events: ContractEvent[];
  effects: Effect[];
  followed: Map<string, Followed>;
};

/**
 * What must hold whatever died: every delivery answered 2xx is stored, every contract is the fold of its
 * events, every destination shows the contract as it is now and says so, and no message was posted and no
 * deal written twice.
 */
export async function expectNothingLostOrDoubled(stack: Stack, all: Taken[]): Promise<void> {
  const url = stack.running.database.url;
  await using reader = openReader({ url, applicationName: "invariant" });
  const kept: Kept[] = [];
  for (const taken of all) {
    await expectStored(reader, taken);
    kept.push(await readKept(reader, taken));
  }
  const state = await readState(stack);
  const calls = await readCalls(stack);
  for (const one of kept) {
    expectFolded(one);
    expectSettled(one);
    expectMessages(one, state);
    for (const crm of crmIds) expectDeal(one, crm, state, calls);
  }
}

async function expectStored(reader: Reader, { title, bodies }: Taken): Promise<void> {
  const digests = bodies.map((body) => createHash("sha256").update(body).digest());
  const { rows } = await reader.database.query<{ stored: number }>(
    "select count(*)::int as stored from deliveries where digest = any($1)",
    [digests],
  );
  expect(rows[0]?.stored, `deliveries of ${title}`).toBe(new Set(digests.map(String)).size);
}

async function readKept(reader: Reader, about: Taken): Promise<Kept> {
  const stored = await readContract(reader.database, about.contractId);
  if (stored === null) throw new Error(`${about.title} is not stored.`);
  const { rows } = await reader.database.query<Followed & { destination: string }>(
    `select destination, version::int, stuck_version::int as stuck from followed
     where contract_id = $1`,
    [about.contractId],
  );
  return {
    about,
    contract: stored.contract,
    version: stored.version,
    events: await readEvents(reader.database, about.contractId),
    effects: await readEffects(reader, about.contractId),
    followed: new Map(rows.map((row) => [row.destination, row])),
  };
}

function expectFolded({ about: { contractId }, contract, events }: Kept): void {
  const [source = "", externalId = ""] = contractId.split("/");
  expect(contract).toEqual(fold({ id: contractId, source, externalId }, events));
}

/** Each destination has followed to the present, or is stuck there under the name of what was to fail. */
function expectSettled({ about, version, effects, followed }: Kept): void {
  const { title, fails = {}, mended = {} } = about;
  for (const destination of destinations) {
    const where = `${title} at ${destination}`;
    const { version: shown = 0, stuck = 0 } = followed.get(destination) ?? {};
    const isToFail = fails[destination] !== undefined;
    expect(isToFail ? stuck : shown, `version of ${where}`).toBe(version);
    const isBelow = mended[destination] === undefined ? version : version + 1;
    expect(isToFail ? shown : stuck, `other version of ${where}`).toBeLessThan(isBelow);
    const own = effects.filter((effect) => effect.destination === destination);
    const planned = own.filter(({ status }) => status === "planned");
    expect(planned, `unsettled effects of ${where}`).toEqual([]);
    const failed = own.filter(({ status }) => status === "failed").map(({ code }) => code);
    const expected = fails[destination] ?? mended[destination];
    expect(new Set(failed), `failures of ${where}`).toEqual(
      new Set(expected === undefined ? [] : [expected]),
    );
  }
}

/**
 * The messages about the contract, in the channel and to its owner, are those that the ledger calls posted, each
 * once; the channel's card says how it is now.
 */
function expectMessages({ about, contract, effects }: Kept, state: SandboxState): void {
  const { title, fails = {} } = about;
  const done = effects.filter(({ status }) => status === "done");
  const posted = done.filter(({ kind }) => kind === "card" || kind === "line");
  const isAbout = (message: Message) => JSON.stringify(message).includes(title);
  const everywhere = state.slack.conversations.flatMap(({ messages }) => messages.filter(isAbout));
  const seen = everywhere.flatMap(({ key, replies }) => [
    key,
    ...replies.map((reply) => reply.key),
  ]);
  const said = `messages about ${title}`;
  expect(inOrder(seen), said).toEqual(inOrder(posted.map(({ key }) => key)));
  if (about.silent) expect(seen, said).toEqual([]);
  if (fails.slack !== undefined || about.silent) return;
  const [card, ...others] = messagesOf(state).filter(isAbout);
  expect(others, `further cards of ${title}`).toEqual([]);
  const { sentence, word } = cardWords[contract.status];
  expect(card?.text, `card of ${title}`).toMatch(sentence);
  expect(JSON.stringify(card?.blocks), `card of ${title}`).toContain(word);
}

function inOrder(keys: (string | null)[]): string[] {
  return keys.map(String).toSorted((a, b) => a.localeCompare(b));
}

/** The deal shows the contract, and was written exactly as often as the ledger says. */
function expectDeal(
  { about, contract, effects }: Kept,
  crm: CrmId,
  { crms }: SandboxState,
  calls: Calls,
): void {
  const recordId = about.deals[crm];
  if (recordId === undefined || about.fails?.[crm] !== undefined) return;
  const deals = crms.find(({ id }) => id === crm)?.deals;
  const deal = deals?.find(({ id }) => id === recordId);
  const what = `${crm} deal ${recordId} of ${about.title}`;
  expect(deal, what).toMatchObject(expectedDeal(crm, contract));
  const writes = calls[crm].journal.filter(
    (entry) => entry.recordId === recordId && entry.by === "api",
  );
  const values = writes.flatMap(({ changes }) =>
    Object.entries(changes).map(([field, { to }]) => JSON.stringify([field, to])),
  );
  expect(values, `values written to ${what}`).toEqual([...new Set(values)]);
  const done = effects.filter(
    ({ destination, status }) => destination === crm && status === "done",
  );
  expect(writes.length, `writes to ${what}`).toBe(done.length);
}
