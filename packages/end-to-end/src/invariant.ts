import { createHash } from "node:crypto";
import { fold, type ContractEvent } from "@countersign/core";
import { openReader, readContract, readEffects, readEvents } from "@countersign/store";
import { expect } from "vitest";
import type { Message } from "./sandbox-state.ts";
import { cardsOf, readCalls, type Stack } from "./stack.ts";

/** What was sent to a contract and taken: its id, its title, and the bodies that were answered 2xx. */
export type Taken = { contractId: string; title: string; bodies: Buffer[] };

/**
 * What must hold whatever died: every delivery answered 2xx is stored, every contract is the fold of its
 * events, every effect is settled, and nobody saw a card or line twice or a deal written twice.
 */
export async function expectNothingLostOrDoubled(stack: Stack, taken: Taken[]): Promise<void> {
  const url = stack.running.database.url;
  await using reader = openReader({ url, applicationName: "invariant" });
  for (const { contractId, title, bodies } of taken) {
    const digests = bodies.map((body) => createHash("sha256").update(body).digest());
    const { rows } = await reader.database.query<{ stored: number }>(
      "select count(*)::int as stored from deliveries where digest = any($1)",
      [digests],
    );
    expect(rows[0]?.stored, `deliveries of ${title}`).toBe(new Set(digests.map(String)).size);
    const events = await readEvents(reader.database, contractId);
    const stored = await readContract(reader.database, contractId);
    expect(stored?.contract).toEqual(refold(contractId, events));
    const effects = await readEffects(reader, contractId);
    const unsettled = effects.filter(({ status }) => status === "planned" || status === "failed");
    expect(unsettled, `unsettled effects of ${title}`).toEqual([]);
    expectOnce(await cardsOf(stack, title), title);
  }
  await expectEachWriteOnce(stack);
}

function refold(contractId: string, events: ContractEvent[]) {
  const [source = "", externalId = ""] = contractId.split("/");
  return fold({ id: contractId, source, externalId }, events);
}

function expectOnce(cards: Message[], title: string): void {
  expect(cards.length, `cards of ${title}`).toBe(1);
  const lines = cards.flatMap(({ replies }) => replies.map(({ text }) => text));
  expect(lines.length, `repeated lines of ${title}`).toBe(new Set(lines).size);
}

/** A field never leaves a value and takes it again: the same write was not made twice. */
async function expectEachWriteOnce(stack: Stack): Promise<void> {
  const { hubspot, salesforce } = await readCalls(stack);
  for (const { journal } of [hubspot, salesforce]) {
    const writes = journal.flatMap(({ recordId, changes }) =>
      Object.entries(changes).map(([field, { to }]) => JSON.stringify([recordId, field, to])),
    );
    expect(writes.length, "repeated writes").toBe(new Set(writes).size);
  }
}
