import type { Step, VendorSide, Walk } from "../providers/vendor-side.ts";

/** Ways of a contract through a provider, for the tests of the providers. */
export const walk: Walk = {
  externalId: "c0ffee0a-7d2a-4b7e-8f10-3a5b6c7d8e9f",
  title: "Supply agreement 2027",
  sender: { name: "Sal Sender", email: "sal.sender@example.com" },
  fields: { hubspot_deal_id: "1001" },
  recipients: [
    { key: "1", name: "Ann Buyer", email: "ann.buyer@example.com", order: 1 },
    { key: "2", name: "Bo Seller", email: "bo.seller@example.com", order: 2 },
  ],
};

export const at = (minute: number) => new Date(Date.UTC(2026, 9, 5, 8, minute));

/** A step and the status that it leads to. */
type Stage = [Step, string];

const beginning: Stage[] = [
  [{ kind: "created", at: at(0) }, "draft"],
  [{ kind: "sent", at: at(1) }, "sent"],
  [{ kind: "viewed", recipientKey: "1", at: at(2) }, "viewed"],
];

export const stories: { ending: string; stages: Stage[] }[] = [
  {
    ending: "completed",
    stages: [
      ...beginning,
      [{ kind: "signed", recipientKey: "1", at: at(3) }, "partially_signed"],
      [{ kind: "viewed", recipientKey: "2", at: at(4) }, "partially_signed"],
      [{ kind: "signed", recipientKey: "2", at: at(5) }, "partially_signed"],
      [{ kind: "completed", at: at(6) }, "completed"],
    ],
  },
  {
    ending: "declined",
    stages: [
      ...beginning,
      [{ kind: "declined", recipientKey: "1", reason: "Too dear", at: at(3) }, "declined"],
    ],
  },
  {
    ending: "voided",
    stages: [...beginning, [{ kind: "voided", reason: "Replaced", at: at(3) }, "voided"]],
  },
  { ending: "expired", stages: [...beginning, [{ kind: "expired", at: at(3) }, "expired"]] },
];

/** Where a contract is after one of the stages: everything that has happened, and the status to expect. */
export type Moment = { steps: Step[]; last: Step; status: string };

/**
 * The stages as one provider knows them: what it lacks, or sends nothing about, leaves the status as it
 * was; one that completes with the last signature may say so at once.
 */
export function momentsOf(vendorSide: VendorSide, stages: Stage[]): Moment[] {
  let status = "draft";
  return stages.map(([last, expected], index) => {
    const steps = stages.slice(0, index + 1).map(([step]) => step);
    const silent =
      vendorSide.lacks?.includes(last.kind) || vendorSide.deliveryBodies(walk, steps).length === 0;
    status = silent ? status : expected;
    return { steps, last, status };
  });
}
