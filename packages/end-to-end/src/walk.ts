import { randomUUID } from "node:crypto";
import type { Step, Walk } from "@countersign/core/testing";

/** A contract with two signers, one after the other, that names the deals of both CRMs. */
export function aWalk(title: string, fields: Record<string, string> = bothDeals): Walk {
  return {
    externalId: randomUUID(),
    title,
    sender: { name: "Dana Reyes", email: "dana.reyes@northgate.example" },
    fields,
    recipients: [
      { key: "1", name: "Ken Ito", email: "ken.ito@example.com", order: 1 },
      { key: "2", name: "Noor Haddad", email: "noor.haddad@example.com", order: 2 },
    ],
  };
}

const bothDeals = {
  hubspot_deal_id: "1001",
  salesforce_opportunity_id: "006000000000001AAA",
};

/** From sending to the last signature, a minute between the steps, the last one a minute ago. */
export function wholeLife(now: Date): Step[] {
  const kinds: Omit<Step, "at">[] = [
    { kind: "created" },
    { kind: "sent" },
    { kind: "viewed", recipientKey: "1" },
    { kind: "signed", recipientKey: "1" },
    { kind: "viewed", recipientKey: "2" },
    { kind: "signed", recipientKey: "2" },
    { kind: "completed" },
  ];
  const minute = 60_000;
  const start = now.getTime() - kinds.length * minute;
  return kinds.map((step, index) => ({ ...step, at: new Date(start + index * minute) }));
}
