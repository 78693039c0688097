import { describe, expect, test } from "vitest";
import { contractIdOf, toEvent, type ContractEvent } from "../contract-event.ts";
import { fold } from "../contract.ts";
import { providerById, providers } from "../providers/index.ts";
import { sampleDeliveries, samplesOf, type Step, type Walk } from "./index.ts";

const walk: Walk = {
  externalId: "c0ffee0a-7d2a-4b7e-8f10-3a5b6c7d8e9f",
  title: "Supply agreement 2027",
  sender: { name: "Sal Sender", email: "sal.sender@example.com" },
  fields: { hubspot_deal_id: "1001" },
  recipients: [
    { key: "1", name: "Ann Buyer", email: "ann.buyer@example.com", order: 1 },
    { key: "2", name: "Bo Seller", email: "bo.seller@example.com", order: 2 },
  ],
};

const at = (minute: number) => new Date(Date.UTC(2026, 9, 5, 8, minute));

const beginning: [Step, string][] = [
  [{ kind: "created", at: at(0) }, "draft"],
  [{ kind: "sent", at: at(1) }, "sent"],
  [{ kind: "viewed", recipientKey: "1", at: at(2) }, "viewed"],
];

/** The last column: the reasons that the contract may then have; DocuSign gives an expiry its own words. */
const endings: [string, [Step, string][], (string | null)[]][] = [
  [
    "signed by both",
    [
      [{ kind: "signed", recipientKey: "1", at: at(3) }, "partially_signed"],
      [{ kind: "viewed", recipientKey: "2", at: at(4) }, "partially_signed"],
      [{ kind: "signed", recipientKey: "2", at: at(5) }, "partially_signed"],
      [{ kind: "completed", at: at(6) }, "completed"],
    ],
    [null],
  ],
  [
    "declined",
    [[{ kind: "declined", recipientKey: "1", reason: "Too dear", at: at(3) }, "declined"]],
    ["Too dear"],
  ],
  ["voided", [[{ kind: "voided", reason: "Replaced", at: at(3) }, "voided"]], ["Replaced"]],
  ["expired", [[{ kind: "expired", at: at(3) }, "expired"]], [null, "Envelope has expired."]],
];

function received(providerId: string, steps: readonly Step[]): ContractEvent[] {
  const provider = providerById(providerId);
  if (provider === undefined) return [];
  const settings = provider.settings.parse({});
  return sampleDeliveries(providerId, "secret", walk, steps).flatMap((request) => {
    const context = { settings, receivedAt: at(10), secrets: ["secret"], now: at(10) };
    expect(provider.verify(request, context).authentic).toBe(true);
    const result = provider.normalize(request, context);
    const reports = result.understood ? result.reports : [];
    return reports.flatMap(({ externalId, facts }) =>
      facts.map((fact) =>
        toEvent(fact, {
          contractId: contractIdOf(providerId, externalId),
          observedAt: at(10).toISOString(),
          via: "webhook",
        }),
      ),
    );
  });
}

test("every provider has samples", () => {
  expect(Object.keys(samplesOf)).toEqual(providers.map((provider) => provider.id));
});

describe.each(providers)("$id", ({ id }) => {
  const about = { id, source: id, externalId: walk.externalId };

  test.each(endings)("a contract %s", (_, ending, reasons) => {
    const all = [...beginning, ...ending];
    const events: ContractEvent[] = [];
    for (const [index, [, status]] of all.entries()) {
      const steps = all.slice(0, index + 1).map(([step]) => step);
      const news = received(id, steps);
      events.push(...news);
      expect(fold(about, events).status).toBe(status);
    }
    const last = all.at(-1)?.[0];
    const contract = fold(about, events);
    expect(contract).toMatchObject({ title: walk.title, fields: walk.fields, sender: walk.sender });
    expect(contract.lastEventAt).toBe(last?.at.toISOString());
    expect(contract.recipients.map((one) => one.email)).toEqual(
      walk.recipients.map((one) => one.email),
    );
    expect(reasons).toContain(contract.reason);
  });

  test("the last body alone tells the whole story", () => {
    const steps = [...beginning, ...(endings[0]?.[1] ?? [])].map(([step]) => step);
    const contract = fold(about, received(id, steps));
    expect(contract.status).toBe("completed");
    expect(contract.recipients.map((one) => one.signedAt)).toEqual([
      at(3).toISOString(),
      at(5).toISOString(),
    ]);
  });
});

test("an unknown provider is refused by name", () => {
  expect(() => sampleDeliveries("nobody", "secret", walk, [])).toThrow('"nobody"');
});
