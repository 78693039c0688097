import { describe, expect, test } from "vitest";
import type { ContractEvent } from "../contract-event.ts";
import { fold } from "../contract.ts";
import type { Provider } from "../providers/provider.ts";
import type { Step, Walk } from "../providers/vendor-side.ts";
import { now, secrets } from "./delivery.ts";
import { sampleDeliveries, signedRequest } from "./index.ts";
import { wellFormed } from "./mangle.ts";
import { eventsIn, normalized } from "./reading.ts";
import { at, momentsOf, stories, walk } from "./walks.ts";

/** What a contract must become when the vendor's own side of a provider tells of it. */
export function walkSuite(provider: Provider): void {
  const about = { id: provider.id, source: provider.id, externalId: walk.externalId };
  const { vendorSide } = provider;

  describe.each(stories)("a contract that is $ending", ({ stages }) => {
    test("has the status of each step", () => {
      const events: ContractEvent[] = [];
      for (const { steps, status, last } of momentsOf(vendorSide, stages)) {
        events.push(...pushed(provider, steps));
        const contract = fold(about, events);
        const isLastSignature = last.kind === "signed" && last.recipientKey === "2";
        expect(isLastSignature ? [status, "completed"] : [status]).toContain(contract.status);
      }
    });

    test("is described, with who did what and when", () => {
      const events = momentsOf(vendorSide, stages).flatMap(({ steps }) => pushed(provider, steps));
      const contract = fold(about, events);
      expect(contract).toMatchObject({ title: walk.title, fields: walk.fields });
      expect([walk.sender.name, null, undefined]).toContain(contract.sender?.name);
      expect([walk.sender.email, null, undefined]).toContain(contract.sender?.email);
      const parties = contract.recipients.map(({ email, signedAt }) => ({ email, signedAt }));
      expect(parties).toEqual(
        walk.recipients.map(({ key, email }) => ({ email, signedAt: signatureOf(key, stages) })),
      );
      const last = stages.at(-1)?.[0];
      if (last === undefined || vendorSide.lacks?.includes(last.kind)) return;
      expect(contract.lastEventAt).toBe(last.at.toISOString());
      const ownWords = last.kind === "expired" ? contract.reason : null;
      expect([last.reason ?? null, null, ownWords]).toContain(contract.reason);
    });

    test("is told no second time by a repetition", () => {
      for (const { steps, last } of momentsOf(vendorSide, stages)) {
        for (const body of vendorSide.deliveryBodies(walk, steps)) {
          const later = new Date(last.at.getTime() + 90_000);
          const repeated = vendorSide.repeated?.(body, later, 2) ?? body;
          expect(idsOf(provider, repeated)).toEqual(idsOf(provider, body));
        }
      }
    });
  });

  test("completion alone tells that it is completed", () => {
    const steps = stories[0]?.stages.map(([step]) => step) ?? [];
    expect(fold(about, pushed(provider, steps)).status).toBe("completed");
  });

  test("the body of the test button is read, or refused as such", () => {
    const body = vendorSide.testBody?.(now) ?? Buffer.alloc(0);
    expect(wellFormed(normalized(provider, body))).toEqual([]);
  });

  test("the vendor's side signs whatever bytes there are", () => {
    for (const body of [Buffer.alloc(0), Buffer.from([0xff, 0x00]), Buffer.from("{")]) {
      expect(signedRequest(provider.id, secrets.current, body, now).method).toBe("POST");
    }
  });
}

function signatureOf(key: string, stages: [Step, string][]): string | null {
  const signature = stages.find(([step]) => step.kind === "signed" && step.recipientKey === key);
  return signature?.[0].at.toISOString() ?? null;
}

/** The events of what the last step makes the vendor send, each delivery proved when it is made. */
export function pushed(
  provider: Provider,
  steps: readonly Step[],
  whose: Walk = walk,
): ContractEvent[] {
  const settings = provider.settings.parse({});
  const sentAt = steps.at(-1)?.at ?? now;
  const context = { settings, receivedAt: at(10), secrets: [secrets.current], now: sentAt };
  return sampleDeliveries(provider.id, secrets.current, whose, steps).flatMap((request) => {
    expect(provider.verify(request, context)).toEqual({ authentic: true, secretIndex: 0 });
    const result = provider.normalize(request, context);
    expect(result.understood).toBe(true);
    const reports = result.understood ? result.reports : [];
    expect(new Set(reports.map((report) => report.externalId))).toEqual(new Set([walk.externalId]));
    return reports.flatMap((report) => eventsIn(provider, report));
  });
}

function idsOf(provider: Provider, body: Uint8Array): string[] {
  const result = normalized(provider, body);
  const reports = result.understood ? result.reports : [];
  const events = reports.flatMap((report) => eventsIn(provider, report));
  return events.map((event) => event.id).toSorted();
}
