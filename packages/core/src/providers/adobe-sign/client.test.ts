import { describe, expect, test } from "vitest";
import { fold } from "../../contract.ts";
import { eventsIn } from "../../testing/reading.ts";
import type { HttpAnswer, HttpCall } from "../client.ts";
import { client } from "./client.ts";
import { adobeSign } from "./index.ts";

const at = "2026-10-05T08:00:00Z";
const ann = "ann@example.com";
const now = new Date("2026-12-01T12:00:00Z");

/** A connection to an API that answers only these parts of it, and the calls that it got. */
function connect(parts: Record<string, object>) {
  const calls: string[] = [];
  const http = async (call: HttpCall): Promise<HttpAnswer> => {
    const part = Object.keys(parts).find((name) => call.url.endsWith(name));
    const shard = { apiAccessPoint: "https://api.eu1.example.com/" };
    const body = call.url.endsWith("/baseUris") ? shard : parts[part ?? ""];
    calls.push(`${call.method} ${call.url}`);
    return { status: body ? 200 : 404, headers: {}, body: Buffer.from(JSON.stringify(body ?? {})) };
  };
  const access = client.access.parse({ integrationKey: "key" });
  return { calls, ...client.connect(access, { http, now: () => now }) };
}

function event(type: string, minute: number, comment?: string) {
  const date = `2026-10-05T08:0${minute}:00Z`;
  return { type, date, participantEmail: ann, participantRole: "SIGNER", comment };
}

describe("reading back", () => {
  test("goes to the account's own shard, which is asked for once", async () => {
    const connection = connect({});
    await connection.fetchAuditTrail("a 1");
    await connection.fetchAuditTrail("a2");
    expect(connection.calls).toEqual([
      "GET https://api.adobesign.com/api/rest/v6/baseUris",
      "GET https://api.eu1.example.com/api/rest/v6/agreements/a%201/events",
      "GET https://api.eu1.example.com/api/rest/v6/agreements/a2/events",
    ]);
  });

  test("tells a decline from a recall by the list of events, in whatever order it is", async () => {
    const told = [
      event("REJECTED", 4, "Too dear"),
      event("EMAIL_VIEWED", 3),
      event("EMAIL_VIEWED", 2),
      event("ACTION_REQUESTED", 1),
    ];
    const connection = connect({
      "agreements/a1": { id: "a1", status: "ABORTED", createdDate: at },
      "/members": { participantSets: [] },
      "/events": { events: told },
    });
    const fetched = await connection.fetchContract("a1");
    if (fetched.outcome !== "ok") throw new Error(fetched.outcome);
    const events = eventsIn(adobeSign, fetched.value.report, "reconcile");
    const contract = fold({ id: "x/a1", source: "x", externalId: "a1" }, events);
    expect(contract).toMatchObject({
      status: "declined",
      reason: "Too dear",
      viewedAt: "2026-10-05T08:02:00.000Z",
      sentAt: "2026-10-05T08:01:00.000Z",
    });
  });

  test("gives out no document that is not signed yet", async () => {
    const connection = connect({ "agreements/a1": { id: "a1", status: "OUT_FOR_SIGNATURE" } });
    expect(await connection.fetchSignedDocument("a1")).toMatchObject({ code: "not-completed" });
  });

  test("reminds nobody who is not waited for", async () => {
    const member = { id: "m1", email: ann, status: "ACTIVE" };
    const set = { status: "COMPLETED", memberInfos: [member] };
    const connection = connect({ "/members": { participantSets: [set] } });
    expect(await connection.sendReminder?.("a1", ann)).toMatchObject({ code: "nobody-to-remind" });
  });
});
