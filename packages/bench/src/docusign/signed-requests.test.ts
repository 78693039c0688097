import { createHash } from "node:crypto";
import { contractIdOf, fold, providerById, toEvent } from "@countersign/core";
import { expect, it } from "vitest";
import { dealIdsOf, digitsOf, externalIdOf } from "./contract-number.ts";
import { createLives, deliveriesPerLife, secret, source } from "./life.ts";
import { signRequests } from "./signed-requests.ts";
import { disturb, interleavedTurns } from "./turns.ts";

const receivedAt = new Date("2026-05-04T09:00:00Z");
const provider = providerById(source);

/** What the receiver sees of a raw request. */
function received(raw: Buffer) {
  const end = raw.indexOf("\r\n\r\n");
  const [, ...lines] = raw.subarray(0, end).toString().split("\r\n");
  const headers = Object.fromEntries(
    lines.map((line) => {
      const [name = "", value = ""] = line.split(": ");
      return [name.toLowerCase(), value];
    }),
  );
  return { method: "POST", headers, query: {}, body: raw.subarray(end + 4) };
}

function requestsOf(contracts: number) {
  const requests = signRequests(
    createLives(receivedAt),
    interleavedTurns(7, contracts * deliveriesPerLife),
  );
  return Array.from({ length: requests.count }, (_, index) => received(requests.at(index)));
}

it("makes authentic deliveries that lead each contract to its end", () => {
  const requests = requestsOf(8);
  const settings = provider?.settings.parse({});
  const events = requests.flatMap((request) => {
    const context = { secrets: [secret], settings, now: receivedAt };
    expect(provider?.verify(request, context)).toMatchObject({ authentic: true });
    expect(request.headers["content-length"]).toBe(String(request.body.length));
    const read = provider?.normalize(request, { settings, receivedAt });
    if (read?.understood !== true) throw new Error("A delivery was not understood.");
    return read.reports.flatMap(({ externalId, facts }) =>
      facts.map((fact) => {
        const contractId = contractIdOf(source, externalId);
        const observedAt = receivedAt.toISOString();
        return toEvent(fact, { contractId, observedAt, via: "webhook" });
      }),
    );
  });
  const byContract = Map.groupBy(events, ({ contractId }) => contractId);
  expect(byContract.size).toBe(8);
  const digits = digitsOf(7);
  const externalId = externalIdOf(digits);
  const id = contractIdOf(source, externalId);
  const contract = fold({ id, source, externalId }, byContract.get(id) ?? []);
  const deals = dealIdsOf(digits);
  expect(contract).toMatchObject({
    status: "completed",
    fields: { hubspot_deal_id: deals.hubspot, salesforce_opportunity_id: deals.salesforce },
  });
});

it("makes no two bodies alike, each of a live message's size", () => {
  const bodies = requestsOf(50).map(({ body }) => body);
  const digests = bodies.map((body) => createHash("sha256").update(body).digest("hex"));
  expect(new Set(digests).size).toBe(50 * deliveriesPerLife);
  expect(Math.min(...bodies.map(({ length }) => length))).toBeGreaterThan(3_800);
  expect(Math.max(...bodies.map(({ length }) => length))).toBeLessThan(4_300);
});

it("repeats some deliveries and lets some come late, and loses none", () => {
  const turns = interleavedTurns(0, 10_000);
  const disturbed = disturb(turns);
  const names = (all: typeof turns) =>
    all.map(({ contract, delivery }) => `${contract} ${delivery}`);
  expect(disturbed.length).toBe(10_200);
  expect(new Set(names(disturbed))).toEqual(new Set(names(turns)));
  const first = new Map<number, number>();
  for (const { contract, delivery } of disturbed) {
    if (!first.has(contract)) first.set(contract, delivery);
  }
  const late = [...first.values()].filter((delivery) => delivery > 0);
  expect(late.length).toBeGreaterThan(30);
});
