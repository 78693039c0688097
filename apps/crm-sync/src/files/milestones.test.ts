import { fold, toEvent, type Contract, type EventType } from "@countersign/core";
import { expect, it } from "vitest";
import { aFact } from "@countersign/store/testing";
import { milestonesOf } from "./milestones.ts";

const about = { id: "docusign/c-1", source: "docusign", externalId: "c-1" };
const people = ["ann", "bo"].map((key, index) => ({
  key,
  ...(key === "ann" && { name: "Ann Lee" }),
  email: `${key}@example.com`,
  order: index + 1,
}));

type Happening = [type: EventType, day: number, more?: { recipient?: string; reason?: string }];

function contractOf(...happenings: Happening[]): Contract {
  const description = { title: "Lease", recipients: people, url: "https://sign.example/1" };
  const facts = [
    aFact("contract.noted", { occurrence: "description", description }),
    ...happenings.map(([type, day, more = {}]) =>
      aFact(type, { occurredAt: `2026-05-0${day}T09:00:00.000Z`, ...more }),
    ),
  ];
  const told = { contractId: about.id, observedAt: "2026-05-09T09:00:00.000Z" };
  return fold(
    about,
    facts.map((fact) => toEvent(fact, { ...told, via: "webhook" })),
  );
}

it("tells a contract's way, each thing once and in its order", () => {
  const contract = contractOf(
    ["contract.completed", 4],
    ["recipient.signed", 4, { recipient: "bo" }],
    ["recipient.signed", 3, { recipient: "ann" }],
    ["contract.sent", 2],
  );
  expect(milestonesOf(contract)).toEqual([
    {
      key: "sent",
      at: "2026-05-02T09:00:00.000Z",
      subject: "Contract sent: Lease",
      lines: ["To: Ann Lee, bo@example.com", "https://sign.example/1"],
    },
    {
      key: "signed ann",
      at: "2026-05-03T09:00:00.000Z",
      subject: "Contract signed by Ann Lee: Lease",
      lines: ["https://sign.example/1"],
    },
    {
      key: "completed",
      at: "2026-05-04T09:00:00.000Z",
      subject: "Contract completed: Lease",
      lines: ["Signed by: Ann Lee, bo@example.com", "https://sign.example/1"],
    },
  ]);
});

it.each([
  ["contract.declined", "declined"],
  ["contract.voided", "voided"],
] as const)("%s says why", (type, key) => {
  const ended = contractOf(["contract.sent", 2], [type, 3, { reason: "Too dear" }]);
  const last = milestonesOf(ended).at(-1);
  expect(last).toMatchObject({ key, lines: ["Reason: Too dear", "https://sign.example/1"] });
});

it("has nothing to tell of a draft, nor of a contract that was only opened", () => {
  expect(milestonesOf(contractOf(["contract.created", 1]))).toEqual([]);
  const opened = contractOf(["contract.sent", 2], ["contract.viewed", 3]);
  expect(milestonesOf(opened).map(({ key }) => key)).toEqual(["sent"]);
});
