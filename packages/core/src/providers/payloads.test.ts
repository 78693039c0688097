import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { signedRequest } from "../testing/index.ts";
import { providerById } from "./index.ts";

const folder = new URL("../../../../../shared/payloads/", import.meta.url);
const now = new Date("2026-12-01T12:00:00Z");

/** Files that are no webhook which reports a contract, each with the reason. Every other one must be read. */
const apart: [pattern: RegExp, reason: string][] = [
  [/^(README\.md|signature-vectors\.json)$/, "about the samples; the vectors have vectors.test.ts"],
  [/^others\//, "of vendors that are no provider of ours: a standard-webhooks source or none"],
  [/\/rest-/, "an answer of the vendor's API, not a webhook: see the provider's payloads.test.ts"],
  [/\.txt$/, "a whole request or exchange, taken apart in the provider's payloads.test.ts"],
  [/^docusign\/field-inventory\.json$/, "placeholders for every field name, not a message"],
  [
    /^dropbox-sign\/event-hash-fixtures-/,
    "a map of many bodies, verified one by one in its folder",
  ],
  [
    /^adobe-sign\/templates\//,
    "every leaf is an empty string, so it names neither event nor agreement",
  ],
  [
    /^dropbox-sign\/docs-.*(account-confirmed|template-created)/,
    "not about a contract: no reports",
  ],
  [/^documenso\/template-created/, "not about a contract: no reports"],
];

const files = existsSync(folder)
  ? readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => relative(fileURLToPath(folder), join(entry.parentPath, entry.name)))
      .toSorted()
  : [];
const reasonOf = (file: string) => apart.find(([pattern]) => pattern.test(file))?.[1];

describe.runIf(files.length > 0)("every sample payload", () => {
  test.each(files.filter((file) => reasonOf(file) === undefined))(
    "%s reports a contract",
    (file) => {
      const result = read(file);
      expect(result).toMatchObject({ understood: true });
      const reports = result.understood ? result.reports : [];
      expect(reports.flatMap(({ facts }) => facts).length).toBeGreaterThan(0);
    },
  );

  test.each(apart)("%s stands apart for a file that is there: %s", (pattern) => {
    expect(files.some((file) => pattern.test(file))).toBe(true);
  });

  test.each(files.filter((file) => /templates\/|account-confirmed|template-created/.test(file)))(
    "%s reports none",
    (file) => {
      const result = read(file);
      expect(result.understood ? result.reports : []).toEqual([]);
    },
  );
});

function read(file: string) {
  const id = file.split("/")[0] ?? "";
  const provider = providerById(id);
  if (provider === undefined) throw new Error(`There is no provider "${id}".`);
  const request = signedRequest(id, "a secret", readFileSync(new URL(file, folder)), now);
  return provider.normalize(request, { settings: provider.settings.parse({}), receivedAt: now });
}
