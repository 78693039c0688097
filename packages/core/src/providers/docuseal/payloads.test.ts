import { existsSync, readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { fold } from "../../contract.ts";
import { wellFormed } from "../../testing/mangle.ts";
import { eventsIn, normalized } from "../../testing/reading.ts";
import { docuseal } from "./index.ts";
import { client } from "./client.ts";

/** Bodies of DocuSeal that lie beside the checkout; without them there is nothing to test. */
const folder = new URL("../../../../../../shared/payloads/docuseal/", import.meta.url);
const files = existsSync(folder) ? readdirSync(folder) : [];
const about = { id: "", source: "", externalId: "" };

function served(file: string) {
  return client.connect(client.access.parse({ apiKey: "key" }), {
    now: () => new Date("2026-12-01T12:00:00Z"),
    http: async () => ({ status: 200, headers: {}, body: readFileSync(new URL(file, folder)) }),
  });
}

describe.runIf(files.length > 0)("payloads", () => {
  test.each(files.filter((file) => !file.startsWith("rest-")))("%s is understood", (file) => {
    const result = normalized(docuseal, readFileSync(new URL(file, folder)));
    expect(wellFormed(result)).toEqual([]);
    expect(JSON.stringify(result)).not.toMatch(/REDACTED|\/file\/|\/e\//);
    const events = result.understood
      ? result.reports.flatMap((one) => eventsIn(docuseal, one))
      : [];
    expect(fold(about, events).status).toBe(file.includes("declined") ? "declined" : "completed");
    expect(fold(about, events).recipients).toHaveLength(1);
  });

  test("the time of a signature is its own, not the event's", () => {
    const result = normalized(
      docuseal,
      readFileSync(new URL("form-completed-signature.json", folder)),
    );
    expect(result).toMatchObject({
      reports: [
        {
          externalId: "14407",
          facts: expect.arrayContaining([
            expect.objectContaining({
              type: "recipient.signed",
              recipient: "15006",
              occurredAt: "2025-07-19T03:39:03.579Z",
            }),
          ]),
        },
      ],
    });
  });

  test.each(files.filter((file) => file.startsWith("rest-")))("%s is no delivery", (file) => {
    const body = readFileSync(new URL(file, folder));
    expect(normalized(docuseal, body)).toEqual({ understood: false, reason: "no-event" });
  });

  test("a submission of the API reads as the webhook about it", async () => {
    const fetched = await served("rest-submission-get.json").fetchContract("1");
    const pushed = normalized(docuseal, readFileSync(new URL("submission-completed.json", folder)));
    expect(fetched).toMatchObject({ outcome: "ok", value: { report: { externalId: "1" } } });
    expect([fetched.outcome === "ok" && fetched.value.report]).toEqual(
      pushed.understood ? pushed.reports : [],
    );
  });

  test("the list of the API is paged by id", async () => {
    const list = served("rest-submissions-list.json");
    const since = new Date("2023-12-14T15:50:21.799Z");
    expect(await list.listChangedSince(since)).toEqual({ outcome: "ok", value: ["1"] });
    expect(await list.listChangedSince(new Date(since.getTime() + 1))).toEqual({
      outcome: "ok",
      value: [],
    });
  });
});
