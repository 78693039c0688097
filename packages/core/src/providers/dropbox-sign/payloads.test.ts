import { existsSync, readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { wellFormed } from "../../testing/mangle.ts";
import { normalized, requestOf } from "../../testing/reading.ts";
import type { Normalized } from "../provider.ts";
import { dropboxSign } from "./index.ts";

/** Captured bodies and signature vectors that lie beside the checkout; without them there is nothing to test. */
const shared = new URL("../../../../../../shared/payloads/", import.meta.url);
const folder = new URL("dropbox-sign/", shared);
const settings = dropboxSign.settings.parse({});
const now = new Date("2026-12-01T12:00:00Z");

type Vector = {
  provider: string;
  secret: string;
  signature: string;
  eventTime: string;
  eventType: string;
};

function textOf(file: string): string {
  return readFileSync(new URL(file, folder), "utf8");
}

function typesIn(result: Normalized): string[] {
  const facts = result.understood ? result.reports.flatMap((report) => report.facts) : [];
  return facts.map((fact) => [fact.type, fact.recipient ?? []].flat().join(" "));
}

function vectors(): Vector[] {
  const all: Vector[] = JSON.parse(readFileSync(new URL("signature-vectors.json", shared), "utf8"));
  return all.filter((vector) => vector.provider === "dropbox-sign");
}

/** A callback in a form of its own, with the hash that stands in it. */
function delivered(text: string) {
  const body = `--B\r\nContent-Disposition: form-data; name="json"\r\n\r\n${text}\r\n--B--\r\n`;
  return requestOf(Buffer.from(body), { "content-type": "multipart/form-data; boundary=B" });
}

describe.runIf(existsSync(folder))("captured payloads", () => {
  test.each([
    ["signature-request-sent-2014.json", "contract.sent"],
    ["signature-request-viewed-2014.json", "recipient.viewed 6dfc33dafa56edfbd466a54f9ab6ab34"],
    ["signature-request-signed-2014.json", "recipient.signed f8025d2899dfe85dba4db5b2083f1f54"],
    [
      "signature-request-sent-four-signers-2018.json",
      "recipient.sent 4f6270cc1df39ffe86a47fd9293bc49c",
    ],
    [
      "help-signature-request-sent-with-attachments.json",
      "recipient.sent e53ed08286e83e421f061912a0cb1",
    ],
    [
      "docs-account-signature-request-sent.json",
      "recipient.signed 78caf2a1d01cd39cea2bc1cbb340dac3",
    ],
    ["docs-app-signature-request-sent.json", "contract.sent"],
    ["rest-signature-request-get.json", "recipient.sent 78caf2a1d01cd39cea2bc1cbb340dac3"],
  ])("%s tells of %s", (file, type) => {
    const result = normalized(dropboxSign, Buffer.from(textOf(file)));
    expect(wellFormed(result)).toEqual([]);
    expect(typesIn(result)).toContain(type);
  });

  test.each(["docs-app-account-confirmed.json", "docs-account-template-created.json"])(
    "%s is about no contract",
    (file) => {
      const result = normalized(dropboxSign, Buffer.from(textOf(file)));
      expect(result).toEqual({ understood: true, reports: [] });
    },
  );

  test("are all tested here", () => {
    const others = [
      "event-hash-fixtures-account.json",
      "event-hash-fixtures-app.json",
      "multipart-request.txt",
    ];
    expect(readdirSync(folder)).toHaveLength(10 + others.length);
    expect(readdirSync(folder)).toEqual(expect.arrayContaining(others));
  });

  test("the framed request is proved and read", () => {
    const [head = "", ...rest] = textOf("multipart-request.txt").split("\r\n\r\n");
    const type = /^Content-Type: (.*)$/m.exec(head.replaceAll("\r", ""))?.[1];
    const request = requestOf(Buffer.from(rest.join("\r\n\r\n")), { "content-type": type });
    const secrets = ["unused", vectors()[0]?.secret ?? ""];
    const context = { secrets, settings, now, receivedAt: now };
    expect(dropboxSign.verify(request, context)).toEqual({ authentic: true, secretIndex: 1 });
    const result = dropboxSign.normalize(request, context);
    expect(typesIn(result)).toContain("contract.sent");
    expect(JSON.stringify(result)).toContain("006-EXAMPLE-0001");
    expect(JSON.stringify(result)).not.toContain("/sign/");
  });

  test.each(["event-hash-fixtures-account.json", "event-hash-fixtures-app.json"])(
    "every hash in %s verifies; a signature request without an id is put aside",
    (file) => {
      const secrets = [vectors()[0]?.secret ?? ""];
      const bodies: Record<string, object> = JSON.parse(textOf(file));
      expect(Object.keys(bodies).length).toBeGreaterThan(3);
      for (const [name, body] of Object.entries(bodies)) {
        const request = delivered(JSON.stringify(body));
        expect(dropboxSign.verify(request, { secrets, settings, now }).authentic).toBe(true);
        const result = dropboxSign.normalize(request, { settings, receivedAt: now });
        expect(result).toEqual(
          name.startsWith("signature_request")
            ? { understood: false, reason: "no-signature-request-id" }
            : { understood: true, reports: [] },
        );
      }
    },
  );

  test("the signature vectors agree both ways", () => {
    expect(vectors().length).toBeGreaterThan(3);
    for (const { secret, signature, eventTime, eventType } of vectors()) {
      const event = { event_time: eventTime, event_type: eventType };
      const context = { secrets: [secret], settings, now };
      const signed = dropboxSign.sign(Buffer.from(JSON.stringify({ event })), context);
      expect(Buffer.from(signed.body).toString()).toContain(`"event_hash":"${signature}"`);
      const own = delivered(JSON.stringify({ event: { ...event, event_hash: signature } }));
      expect(dropboxSign.verify(own, context).authentic).toBe(true);
    }
  });
});
