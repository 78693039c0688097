import { existsSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { wellFormed } from "../../testing/mangle.ts";
import { normalized, requestOf } from "../../testing/reading.ts";
import { auditEntriesIn } from "./audit-trail.ts";
import { pandadoc } from "./index.ts";
import { reportOf } from "./normalize.ts";

/** Examples of the vendor and signature vectors that lie beside the checkout; without them there is nothing to test. */
const shared = new URL("../../../../../../shared/payloads/", import.meta.url);
const settings = pandadoc.settings.parse({});
const now = new Date("2026-12-01T12:00:00Z");

function file(name: string): Buffer {
  return readFileSync(new URL(`pandadoc/${name}`, shared));
}

describe.runIf(existsSync(shared))("the vendor's examples", () => {
  test("a delivery is read, here and in the delivery history", () => {
    const result = normalized(pandadoc, file("document-state-changed-draft.json"));
    expect(wellFormed(result)).toEqual([]);
    expect(result).toMatchObject({ reports: [{ externalId: "aahcZhiB6pKRbjagoZrrrr" }] });
    const { request_body: kept } = JSON.parse(file("rest-webhook-event-details.json").toString());
    expect(normalized(pandadoc, Buffer.from(kept))).toMatchObject({
      reports: [{ externalId: "aahcZhiB6pKRbjagoZrrrr" }],
    });
  });

  test("a document's details have each signature's own time", () => {
    const report = reportOf(file("rest-document-details-completed.json"), {
      settings,
      receivedAt: now,
    });
    expect(report).toMatchObject({
      externalId: "f9CbJKS4ZAs6nU629cuowb",
      facts: [
        { type: "contract.created", occurredAt: "2024-07-08T15:36:09.600Z" },
        { type: "contract.sent", occurredAt: "2024-07-08T15:41:23.351Z" },
        { type: "contract.completed", occurredAt: "2024-07-08T15:43:53.877Z" },
        { type: "recipient.signed", occurredAt: "2024-07-08T15:43:53.800Z" },
        { type: "contract.noted", description: { title: "Digital Marketing Proposal" } },
      ],
    });
    expect(JSON.stringify(report)).not.toContain("15d4b481384b652a298530ddc7023bfc07a67d59");
  });

  test("the audit trail has its three entries", () => {
    const { entries } = auditEntriesIn(JSON.parse(file("rest-audit-trail.json").toString()));
    expect(entries.map((entry) => entry.action)).toEqual([
      "contract.created",
      "contract.sent",
      "recipient.viewed",
    ]);
  });

  test.each([
    "rest-document-details-completed.json",
    "rest-documents-list.json",
    "rest-linked-objects.json",
    "rest-webhook-events-list.json",
    "rest-webhook-event-details.json",
    "rest-audit-trail.json",
  ])("%s is no delivery", (name) => {
    expect(normalized(pandadoc, file(name))).toEqual({ understood: false, reason: "no-event" });
  });

  test("the signature vectors agree both ways", () => {
    const vectors: {
      provider: string;
      secret: string;
      signedContent: string;
      signature: string;
    }[] = JSON.parse(readFileSync(new URL("signature-vectors.json", shared), "utf8"));
    const own = vectors.filter((vector) => vector.provider === "pandadoc");
    expect(own.length).toBeGreaterThan(0);
    for (const { secret, signedContent, signature } of own) {
      const body = Buffer.from(signedContent);
      const context = { secrets: [secret], settings, now };
      expect(pandadoc.sign(body, context).query["signature"]).toBe(signature);
      const request = { ...requestOf(body), query: { signature } };
      expect(pandadoc.verify(request, context).authentic).toBe(true);
    }
  });
});
