import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { fold, type Contract } from "../../contract.ts";
import type { ReportedFact } from "../../contract-event.ts";
import { eventsOf, normalized, requestOf } from "../../testing/reading.ts";
import type { Normalized } from "../provider.ts";
import { docusign } from "./index.ts";

function bodyOf(name: string): Buffer {
  const ending = name.startsWith("aggregate-") ? "xml" : "json";
  return readFileSync(new URL(`./fixtures/${name}.${ending}`, import.meta.url));
}

function factsIn(result: Normalized): ReportedFact[] {
  return result.understood ? result.reports.flatMap((report) => report.facts) : [];
}

function factsOf(name: string): ReportedFact[] {
  return factsIn(normalized(docusign, bodyOf(name)));
}

function typesOf(name: string): string[] {
  return factsOf(name).map((fact) => [fact.type, fact.recipient ?? []].flat().join(" "));
}

function identityOf({ type, recipient, occurrence }: ReportedFact): string {
  return JSON.stringify([type, recipient, occurrence]);
}

/** What some bodies of one contract fold to. */
function foldOf(bodies: readonly Buffer[]): Contract | undefined {
  const [contract] = eventsOf(docusign, bodies);
  return contract && fold({ id: "", source: "", externalId: "" }, contract[1]);
}

function statusAfter(...names: string[]): string | undefined {
  return foldOf(names.map(bodyOf))?.status;
}

function recipientsAfter(...bodies: Buffer[]): string[] | undefined {
  return foldOf(bodies)?.recipients.map(({ key }) => key);
}

describe("one event", () => {
  test("says who signed when, whatever else its summary shows", () => {
    expect(typesOf("envelope-completed")).toEqual([
      "contract.created",
      "contract.sent",
      "contract.viewed",
      "contract.completed",
      "recipient.sent 1",
      "recipient.viewed 1",
      "recipient.signed 1",
      "recipient.sent 2",
      "recipient.viewed 2",
      "recipient.signed 2",
      "recipient.sent 3",
      "contract.noted",
    ]);
  });

  test("is no signature where a copy completes", () => {
    expect(typesOf("recipient-completed-copy")).not.toContain("recipient.signed 3");
    expect(typesOf("recipient-completed-copy")).toContain("contract.noted 3");
  });

  test("proves no signature where the body does not show the recipient's group", () => {
    expect(typesOf("recipient-completed-minimal")).toEqual(["contract.noted 1", "contract.noted"]);
  });

  test("`delivered` means opened", () => {
    expect(statusAfter("envelope-sent")).toBe("sent");
    expect(statusAfter("recipient-delivered")).toBe("viewed");
    expect(typesOf("envelope-delivered")).toContain("contract.viewed");
  });

  test("is a void, or an expiry where the reason says so", () => {
    expect(statusAfter("envelope-voided")).toBe("voided");
    expect(statusAfter("envelope-voided-minimal")).toBe("voided");
    expect(statusAfter("envelope-voided-expired")).toBe("expired");
    expect(typesOf("envelope-voided-expired")).not.toContain("contract.voided");
  });

  test.each([
    ["created", "contract.voided"],
    ["sent", "contract.voided"],
    ["completed", "contract.noted"],
    ["voided", "contract.noted"],
  ])("deleting an envelope that is %s is %s", (status, type) => {
    const data = { envelopeId: "e", envelopeSummary: { status } };
    const body = { event: "envelope-deleted", generatedDateTime: "2026-10-05T08:00:00Z", data };
    const ending = factsIn(normalized(docusign, Buffer.from(JSON.stringify(body)))).filter(
      (fact) => fact.type === type && fact.description === null,
    );
    expect(ending).toHaveLength(1);
  });

  test("we do not know is noted by its name", () => {
    const body = { event: "envelope-folded", data: { envelopeId: "E-1" } };
    const [fact] = factsIn(normalized(docusign, Buffer.from(JSON.stringify(body))));
    expect(fact).toMatchObject({ type: "contract.noted", note: "envelope-folded" });
  });

  test.each(["template-created", "click-agreed"])("%s is about no contract", (event) => {
    const body = Buffer.from(JSON.stringify({ event, data: {} }));
    expect(normalized(docusign, body)).toEqual({ understood: true, reports: [] });
  });
});

describe("the same happening has one identity", () => {
  test.each([
    ["envelope-sent-minimal", "envelope-sent"],
    ["envelope-completed-minimal", "envelope-completed"],
    ["envelope-completed-retry", "envelope-completed"],
    ["envelope-voided-minimal", "envelope-voided"],
    ["recipient-declined", "envelope-declined"],
    ["aggregate-sent", "aggregate-completed"],
    ["aggregate-delivered", "aggregate-completed"],
  ])("in %s as in %s", (lesser, fuller) => {
    const known = new Set(factsOf(fuller).map(identityOf));
    const milestones = factsOf(lesser).filter((fact) => fact.description === null);
    expect(milestones.length).toBeGreaterThan(0);
    expect(milestones.map(identityOf).filter((identity) => !known.has(identity))).toEqual([]);
  });

  test.each(["envelope-completed", "recipient-autoresponded", "envelope-purge"])(
    "in a retry of %s",
    (name) => {
      const retry = { ...JSON.parse(bodyOf(name).toString()), retryCount: 8 };
      expect(normalized(docusign, Buffer.from(JSON.stringify(retry)))).toEqual(
        normalized(docusign, bodyOf(name)),
      );
    },
  );

  test("so a contract keeps the earliest time that was reported of it", () => {
    const events = eventsOf(
      docusign,
      ["envelope-completed-retry", "envelope-completed"].map(bodyOf),
    );
    const [contract] = events.values();
    const folded = fold({ id: "", source: "", externalId: "" }, contract ?? []);
    expect(folded.completedAt).toBe("2026-10-06T07:03:30.100Z");
  });
});

test("an expiry that was first told without its reason is one, in either order", () => {
  const expired = bodyOf("envelope-voided-expired");
  const { data, ...message } = JSON.parse(expired.toString());
  const bare = { ...message, data: { ...data, envelopeSummary: undefined } };
  const bodies = [Buffer.from(JSON.stringify(bare)), expired];
  const [contract, ...others] = [bodies, bodies.toReversed(), [expired]].map((order) => {
    const [events = []] = eventsOf(docusign, order).values();
    const { status, reason, endedAt } = fold({ id: "", source: "", externalId: "" }, events);
    return { status, reason, endedAt };
  });
  expect(contract).toMatchObject({ status: "expired", reason: "Envelope has expired." });
  expect(others).toEqual([contract, contract]);
});

describe("the XML aggregate", () => {
  test.each([
    ["aggregate-sent", "contract.sent", "2014-09-16T10:07:49.323Z"],
    ["aggregate-winter", "contract.sent", "2020-12-21T16:29:09.977Z"],
    ["aggregate-voided", "contract.sent", "2026-01-15T08:00:02.500Z"],
  ])("%s: local times become UTC", (name, type, at) => {
    expect(factsOf(name).find((fact) => fact.type === type)?.occurredAt).toBe(at);
  });

  test("takes the offset that is set where it names none", () => {
    const settings = docusign.settings.parse({ xmlUtcOffsetHours: 1 });
    const result = docusign.normalize(requestOf(bodyOf("aggregate-voided")), {
      settings,
      receivedAt: new Date(0),
    });
    const sent = factsIn(result).find((fact) => fact.type === "contract.sent");
    expect(sent?.occurredAt).toBe("2026-01-14T23:00:02.500Z");
  });

  test("is not read when it declares entities", () => {
    const body = bodyOf("aggregate-sent")
      .toString()
      .replace("?>", "?><!DOCTYPE x [<!ENTITY a 'b'>]>");
    expect(normalized(docusign, Buffer.from(body))).toEqual({
      understood: false,
      reason: "xml-doctype",
    });
  });

  test.each([
    ["J&#252;rgen &#8211; &#x1F58B; x", "Jürgen – 🖋 x"],
    ["one&#xD;&#xA;two", "one\r\ntwo"],
    ["&amp;#252; &amp;amp; &lt;b&gt;", "&#252; &amp; <b>"],
    ["<![CDATA[&#252;]]>", "&#252;"],
    ["a&#0;&#xD800;b &#x110000; &unheard;", "ab &#x110000; &unheard;"],
  ])("reads %s as %j", (written, title) => {
    const body = `<DocuSignEnvelopeInformation><EnvelopeStatus><EnvelopeID>e1</EnvelopeID>
      <Status>Voided</Status><Subject>${written}</Subject><VoidReason>${written}</VoidReason>
      <CustomFields><CustomField><Name>deal</Name><Value>${written}</Value></CustomField></CustomFields>
      </EnvelopeStatus></DocuSignEnvelopeInformation>`;
    const facts = factsIn(normalized(docusign, Buffer.from(body)));
    expect(facts).toMatchObject([
      { type: "contract.voided", reason: title },
      { description: { title, fields: { deal: title } } },
    ]);
  });

  test("speaks of the same people as JSON, which has their ids as well as its own", () => {
    const ids = [
      ["19f8f447-02c3-5ee1-b941-0faf0e6e9cb2", "c0ffee01-7d2a-4b7e-8f10-3a5b6c7d8e9f"],
      ["c84f9407-2d48-5f86-836f-43b9020a5127", "C0FFEE00-0000-4000-8000-000000000001"],
    ] as const;
    const text = bodyOf("aggregate-completed").toString();
    const xml = ids.reduce((read, [old, its]) => read.replaceAll(old, its), text);
    const json = bodyOf("envelope-completed");
    expect(recipientsAfter(json)).toEqual(["1", "2", "3"]);
    expect(recipientsAfter(Buffer.from(xml), json)).toEqual(recipientsAfter(json));
  });

  test("keeps the sender's fields and not the account's", () => {
    const described = factsOf("aggregate-voided").find((fact) => fact.description);
    expect(described?.description).toMatchObject({
      title: "Supply & service agreement",
      fields: { salesforce_opportunity_id: "006000000000001AAA" },
    });
  });
});

test("the address of an envelope follows the settings", () => {
  const settings = docusign.settings.parse({ webAppUrl: "https://apps-d.docusign.com" });
  const result = docusign.normalize(requestOf(bodyOf("envelope-sent-minimal")), {
    settings,
    receivedAt: new Date(0),
  });
  expect(factsIn(result).at(-1)?.description).toEqual({
    url: "https://apps-d.docusign.com/documents/details/c0ffee01-7d2a-4b7e-8f10-3a5b6c7d8e9f",
  });
});

describe("signatures", () => {
  const body = Buffer.from('{"event":"envelope-completed","data":{"envelopeId":"DS-ENV-100"}}');
  const signature = "+TGjbJ8na9NAXrXcsA/7GKHHP103k6MkUWdO99ACGug=";
  const other = Buffer.alloc(32).toString("base64");
  const secrets = ["docusign-connect-secret"];

  test.each<[string, Record<string, string | string[]>]>([
    ["alone", { "x-docusign-signature-1": signature }],
    ["of a second key", { "x-docusign-signature-1": other, "x-docusign-signature-2": signature }],
    ["in a repeated header", { "x-docusign-signature-1": [other, signature] }],
    ["in a header that was joined", { "x-docusign-signature-1": `${other}, ${signature}` }],
  ])("made elsewhere prove the body: %s", (_, headers) => {
    const verification = docusign.verify(requestOf(body, headers), {
      secrets,
      settings: docusign.settings.parse({}),
      now: new Date(0),
    });
    expect(verification).toEqual({ authentic: true, secretIndex: 0 });
  });

  test.each(["x-docusign-signature-1", "x-docusign-signature"])("not in hex, in %s", (name) => {
    const hex = Buffer.from(signature, "base64").toString("hex");
    const verification = docusign.verify(requestOf(body, { [name]: hex }), {
      secrets,
      settings: docusign.settings.parse({}),
      now: new Date(0),
    });
    expect(verification.authentic).toBe(false);
  });
});
