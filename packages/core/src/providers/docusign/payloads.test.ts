import { existsSync, readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { normalized, requestOf } from "../../testing/reading.ts";
import { wellFormed } from "../../testing/mangle.ts";
import { docusign } from "./index.ts";

/** Captured bodies and signature vectors that lie beside the checkout; without them there is nothing to test. */
const shared = new URL("../../../../../../shared/payloads/", import.meta.url);
const settings = docusign.settings.parse({});
const now = new Date("2026-12-01T12:00:00Z");

type Vector = {
  provider: string;
  name: string;
  secret: string;
  signedContent: string;
  signature: string;
};

describe.runIf(existsSync(shared))("captured payloads", () => {
  const folder = new URL("docusign/", shared);
  const files = existsSync(shared) ? readdirSync(folder) : [];
  const bodies = files.filter((file) => /^(sim|schema|aggregate|field)-/.test(file));

  test.each(bodies)("%s is understood", (file) => {
    const result = normalized(docusign, readFileSync(new URL(file, folder)));
    expect(wellFormed(result)).toEqual([]);
    const facts = result.understood ? result.reports.flatMap((report) => report.facts) : [];
    expect(facts.length).toBeGreaterThan(file.startsWith("field-") ? 0 : 1);
  });

  test("an answer of the REST API is no delivery", () => {
    const body = readFileSync(new URL("rest-recipients.json", folder));
    expect(normalized(docusign, body)).toEqual({ understood: false, reason: "no-envelope-id" });
  });

  test("an answer's recipients are read within their envelope", () => {
    const recipients = JSON.parse(readFileSync(new URL("rest-recipients.json", folder), "utf8"));
    const body = JSON.stringify({ envelopeId: "e-1", status: "sent", recipients });
    expect(normalized(docusign, Buffer.from(body))).toMatchObject({
      reports: [
        {
          facts: expect.arrayContaining([
            expect.objectContaining({ type: "recipient.sent", recipient: "1" }),
          ]),
        },
      ],
    });
  });

  test("a request signed with two keys is proved by the second", () => {
    const [secret = ""] = vectors().map((vector) => vector.secret);
    const text = readFileSync(new URL("http-request-two-keys.txt", folder), "utf8");
    const [head = "", body = ""] = text.split("\n\n");
    const lines = head.split("\n").slice(1);
    const headers = Object.fromEntries(
      lines.map((line) => [line.split(": ")[0]?.toLowerCase() ?? "", line.split(": ")[1]]),
    );
    const request = requestOf(Buffer.from(body), headers);
    const verify = (keys: string[]) => docusign.verify(request, { secrets: keys, settings, now });
    expect(verify(["unused", secret])).toEqual({ authentic: true, secretIndex: 1 });
    expect(verify(["unused"]).authentic).toBe(false);
    expect(normalized(docusign, request.body).understood).toBe(true);
  });

  test("the signature vectors agree both ways", () => {
    expect(vectors().length).toBeGreaterThan(0);
    for (const { secret, signedContent, signature } of vectors()) {
      const body = Buffer.from(signedContent);
      const { headers } = docusign.sign(body, { secrets: [secret], settings, now });
      expect(headers["x-docusign-signature-1"]).toBe(signature);
      const request = requestOf(body, { "x-docusign-signature-1": signature });
      expect(docusign.verify(request, { secrets: [secret], settings, now }).authentic).toBe(true);
    }
  });
});

function vectors(): Vector[] {
  const all: Vector[] = JSON.parse(readFileSync(new URL("signature-vectors.json", shared), "utf8"));
  return all.filter((vector) => vector.provider === "docusign");
}
