import { existsSync, readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { endingTypes } from "../../contract-event.ts";
import { wellFormed } from "../../testing/mangle.ts";
import { normalized } from "../../testing/reading.ts";
import { documenso } from "./index.ts";

/** The documentation's examples (AGPL), which lie beside the checkout; without them there is nothing to test. */
const shared = new URL("../../../../../../shared/payloads/documenso/", import.meta.url);

describe.runIf(existsSync(shared))("the documentation's examples", () => {
  const files = existsSync(shared) ? readdirSync(shared) : [];
  const typesIn = (file: string) => {
    const result = normalized(documenso, readFileSync(new URL(file, shared)));
    expect(wellFormed(result)).toEqual([]);
    const facts = result.understood ? result.reports.flatMap((report) => report.facts) : [];
    return facts.map((fact) => fact.type);
  };

  test.each([
    ["document-created.json", ["contract.created"]],
    ["document-sent.json", ["contract.sent", "recipient.sent"]],
    ["document-opened.json", ["recipient.viewed"]],
    ["document-recipient-completed.json", ["recipient.signed"]],
    ["document-signed.json", ["recipient.signed", "contract.completed"]],
    ["document-completed.json", ["recipient.signed", "recipient.viewed", "contract.completed"]],
    ["document-rejected.json", ["recipient.declined", "contract.declined"]],
    ["document-reminder-sent.json", ["contract.noted"]],
    ["recipient-expired.json", ["contract.noted", "recipient.viewed"]],
    ["legacy-document-sent.json", ["contract.sent", "recipient.sent"]],
    ["legacy-document-completed.json", ["recipient.signed", "contract.completed"]],
  ])("%s tells of %j", (file, types) => {
    expect(typesIn(file)).toEqual(expect.arrayContaining(types));
  });

  test("a template's is about no contract", () => {
    expect(typesIn("template-created.json")).toEqual([]);
  });

  test("none of them ends a contract that it does not say has ended", () => {
    const ended = files.filter((file) => typesIn(file).some((type) => endingTypes.has(type)));
    expect(ended).toEqual([
      "document-completed.json",
      "document-rejected.json",
      "document-signed.json",
      "legacy-document-completed.json",
    ]);
  });

  test("their tokens are never read", () => {
    const read = files.map((file) => normalized(documenso, readFileSync(new URL(file, shared))));
    expect(JSON.stringify(read)).not.toContain("SIGNING_TOKEN");
  });
});
