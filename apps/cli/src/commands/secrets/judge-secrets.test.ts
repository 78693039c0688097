import type { StoredSecretUse } from "@countersign/store";
import { expect, it } from "vitest";
import { judgeSecrets } from "./judge-secrets.ts";

const now = new Date("2026-05-20T12:00:00Z");
const day = (date: string) => `${date}T12:00:00.000Z`;

function aUse(
  fingerprint: string,
  first: string,
  last: string,
  source = "docusign",
): StoredSecretUse {
  return {
    source,
    fingerprint,
    secretIndex: 0,
    firstUsedAt: day(first),
    lastUsedAt: day(last),
  };
}

it.each<[string, StoredSecretUse[], string[]]>([
  ["the only secret, however quiet", [aUse("a", "2026-01-01", "2026-01-02")], []],
  [
    "an older one, quiet for seven days while a newer one is used",
    [aUse("a", "2026-01-01", "2026-05-13"), aUse("b", "2026-05-12", "2026-05-20")],
    ["a"],
  ],
  [
    "an older one that was used this week",
    [aUse("a", "2026-01-01", "2026-05-14"), aUse("b", "2026-05-12", "2026-05-20")],
    [],
  ],
  [
    "an older one after which nothing came with the newer one",
    [aUse("a", "2026-01-01", "2026-05-12"), aUse("b", "2026-05-01", "2026-05-02")],
    [],
  ],
  [
    "a newer one that was given up for the older one",
    [aUse("a", "2026-01-01", "2026-05-20"), aUse("b", "2026-05-01", "2026-05-02")],
    [],
  ],
  [
    "one whose newer neighbour belongs to another source",
    [aUse("a", "2026-01-01", "2026-05-01"), aUse("b", "2026-05-02", "2026-05-20", "pandadoc")],
    [],
  ],
])("judges %s", (_what, uses, droppable) => {
  const judged = judgeSecrets(uses, now).filter(({ safeToDrop }) => safeToDrop);
  expect(judged.map(({ fingerprint }) => fingerprint)).toEqual(droppable);
});
