import type { StuckContract } from "@countersign/store";
import { expect, it } from "vitest";
import { groupFailures } from "./group-failures.ts";

const stuck = (contractId: string, code: string, message: string, at: string): StuckContract => ({
  destination: "hubspot",
  contractId,
  target: "1001",
  code,
  message,
  at,
});
const findCause = (_crm: string, code: string) => ({
  class: "permanent-data" as const,
  fix: `mend ${code}`,
});

it("makes one group of messages that differ only in ids and numbers", () => {
  const groups = groupFailures(
    [
      stuck("a", "INVALID_OPTION", "status: sent is no option (correlation id 1f)", "2026-01-03"),
      stuck("b", "INVALID_OPTION", "status: sent is no option (correlation id 2a)", "2026-01-01"),
      stuck("c", "INVALID_OPTION", "reason: x is no option (correlation id 3b)", "2026-01-02"),
      stuck("d", "deal-not-found", "There is no deal 1001.", "2026-01-02"),
      stuck("e", "deal-not-found", "There is no deal 006000000000003AAA.", "2026-01-04"),
    ],
    findCause,
    1,
  );
  expect(groups.map(({ code, count }) => [code, count])).toEqual([
    ["deal-not-found", 2],
    ["INVALID_OPTION", 2],
    ["INVALID_OPTION", 1],
  ]);
  expect(groups[1]).toMatchObject({
    group: expect.stringMatching(/^hubspot-INVALID_OPTION-[\w-]{6}$/),
    fix: "mend INVALID_OPTION",
    first: "2026-01-01",
    latest: "2026-01-03",
    examples: [{ contractId: "a", recordId: "1001" }],
  });
});
