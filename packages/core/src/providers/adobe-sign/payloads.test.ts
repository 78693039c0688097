import { existsSync, readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { wellFormed } from "../../testing/mangle.ts";
import { normalized, requestOf } from "../../testing/reading.ts";
import { adobeSign } from "./index.ts";

/** Bodies that lie beside the checkout; without them there is nothing to test. */
const folder = new URL("../../../../../../shared/payloads/adobe-sign/", import.meta.url);

describe.runIf(existsSync(folder))("payloads", () => {
  test.each([
    ["agreement-created.json", "contract.sent"],
    ["agreement-expired-set-date.json", "contract.expired"],
    ["agreement-recalled-with-reason.json", "contract.voided"],
    ["agreement-rejected-with-comment.json", "contract.declined"],
  ])("%s tells of %s", (file, type) => {
    const result = normalized(adobeSign, readFileSync(new URL(file, folder)));
    expect(wellFormed(result)).toEqual([]);
    const facts = result.understood ? result.reports.flatMap((report) => report.facts) : [];
    expect(facts.map((fact) => fact.type)).toContain(type);
  });

  test("is tested as a whole", () => {
    expect(filesIn("./").length).toBe(4);
  });

  test.each(filesIn("templates/"))("the template %s says nothing, and harms nothing", (file) => {
    const body = readFileSync(new URL(`templates/${file}`, folder));
    expect(normalized(adobeSign, body)).toEqual({ understood: false, reason: "no-event" });
  });

  test.each(filesIn("templates/"))(
    "the template %s is read once it has a name and an id",
    (file) => {
      const template = JSON.parse(readFileSync(new URL(`templates/${file}`, folder), "utf8"));
      const event = file.replace(".json", "");
      const body = { ...template, event, agreement: { ...template.agreement, id: "a1" } };
      const result = normalized(adobeSign, Buffer.from(JSON.stringify(body)));
      expect(result.understood).toBe(true);
      expect(wellFormed(result)).toEqual([]);
    },
  );

  test("both answers of the verification of intent are given at once", () => {
    const text = readFileSync(new URL("verification-of-intent.txt", folder), "utf8");
    const clientId = /X-AdobeSign-ClientId: (\S+)/.exec(text)?.[1] ?? "";
    const settings = adobeSign.settings.parse({});
    const context = { secrets: [clientId], settings, now: new Date(0) };
    const request = {
      ...requestOf(Buffer.alloc(0)),
      headers: { "x-adobesign-clientid": clientId },
    };
    const answer = adobeSign.handshake?.({ ...request, method: "GET" }, context);
    expect(answer?.headers).toMatchObject({ "X-AdobeSign-ClientId": clientId });
    expect(text).toContain(answer?.body ?? "nothing");
  });
});

function filesIn(name: string): string[] {
  const url = new URL(name, folder);
  return existsSync(url) ? readdirSync(url).filter((file) => file.endsWith(".json")) : [];
}
