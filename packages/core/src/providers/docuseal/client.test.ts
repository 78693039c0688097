import { describe, expect, test } from "vitest";
import { at, stories, walk } from "../../testing/walks.ts";
import type { HttpAnswer, HttpCall } from "../client.ts";
import { client } from "./client.ts";
import { vendorSide } from "./vendor-side.ts";

const steps = stories[0]?.stages.map(([step]) => step) ?? [];
const now = at(30);

function connect(given: object, answer: (call: HttpCall) => HttpAnswer) {
  const access = client.access.parse({ apiKey: "key", ...given });
  return client.connect(access, { http: async (call) => answer(call), now: () => now });
}

function json(body: unknown): HttpAnswer {
  return { status: 200, headers: {}, body: Buffer.from(JSON.stringify(body)) };
}

test.each([
  [{}, "https://docuseal.com/submissions/5"],
  [{ baseUrl: "https://api.docuseal.eu" }, "https://docuseal.eu/submissions/5"],
  [{ baseUrl: "https://sign.example.com/api/" }, "https://sign.example.com/submissions/5"],
  [
    { baseUrl: "https://proxy.example.com/x", webAppUrl: "https://a.example.com" },
    "https://a.example.com/submissions/5",
  ],
  [{ baseUrl: "https://proxy.example.com/x" }, undefined],
])("with %j a submission is opened at %s", async (given, url) => {
  const fetched = await connect(given, () => json({ id: 5 })).fetchContract("5");
  const facts = fetched.outcome === "ok" ? fetched.value.report.facts : [];
  expect(facts.at(-1)?.description?.url).toBe(url);
});

describe("the signed document", () => {
  const url = "https://files.example.com/file/1.pdf";
  const answers = (status: string, address: string) => (call: HttpCall) => {
    if (call.url === url) return { ...json({}), body: Buffer.from("%PDF-1.4") };
    const documents = [{ name: "Lease", url: address }];
    return json(call.url.endsWith("?merge=true") ? { documents } : { id: 5, status });
  };

  test("is fetched from another host without the key", async () => {
    const calls: HttpCall[] = [];
    const connection = connect({}, (call) => {
      calls.push(call);
      return answers("completed", url)(call);
    });
    expect(await connection.fetchSignedDocument("5")).toMatchObject({
      outcome: "ok",
      value: { name: "Lease.pdf" },
    });
    expect(calls.map((call) => call.headers["x-auth-token"])).toEqual(["key", "key", undefined]);
  });

  test("is missing before everybody has signed", async () => {
    const connection = connect({}, answers("pending", url));
    expect(await connection.fetchSignedDocument("5")).toEqual({ outcome: "missing" });
  });

  test.each(["http://files.example.com/1.pdf", "file:///etc/passwd"])(
    "is not fetched from %s",
    async (address) => {
      const connection = connect({}, answers("completed", address));
      await expect(connection.fetchSignedDocument("5")).rejects.toThrow("not https");
    },
  );
});

test.each([
  [{ updated_at: "2026-10-05T08:00:00Z" }, true],
  [{ updated_at: "2026-10-05T07:59:59Z" }, false],
  [{ submitters: [{ id: 1, opened_at: "2026-10-05T08:20:00Z" }] }, true],
  [{ expire_at: "2026-10-05T08:20:00Z" }, true],
  [{ expire_at: "2026-10-05T09:00:00Z" }, false],
  [{ archived_at: "2026-10-05T08:20:00Z" }, true],
])("a submission with %j has changed in the last half hour: %s", async (times, changed) => {
  const list = (call: HttpCall) =>
    json({ data: call.url.includes("after") ? [] : [{ id: 5, ...times }] });
  const listed = await connect({}, list).listChangedSince(at(0));
  expect(listed).toEqual({ outcome: "ok", value: changed ? ["5"] : [] });
});

test("the list ends after 10,000 submissions", async () => {
  const items = Array.from({ length: 100 }, (_, index) => ({ id: index, updated_at: now }));
  let pages = 0;
  const endless = () => {
    pages += 1;
    const data = items.map(({ id, ...item }) => ({ id: `${pages}-${id}`, ...item }));
    return json({ data, pagination: { next: pages } });
  };
  const listed = await connect({}, endless).listChangedSince(at(0));
  expect(listed.outcome === "ok" && listed.value.length).toBe(10_000);
  expect(pages).toBe(100);
});

test("the audit trail names who did what from where", async () => {
  const connection = connect({ apiKey: "docuseal-api-key", baseUrl: "https://v.test" }, (call) => {
    const url = call.url.slice("https://v.test".length);
    return vendorSide.answer?.({ ...call, url }, [{ walk, steps }], now) ?? json(null);
  });
  const trail = await connection.fetchAuditTrail(walk.externalId);
  expect(trail).toMatchObject({ outcome: "ok", value: { entries: { length: 5 } } });
  expect(trail.outcome === "ok" && "entries" in trail.value && trail.value.entries[1]).toEqual({
    at: at(2).toISOString(),
    action: "view_form",
    actor: { name: "Ann Buyer", email: "ann.buyer@example.com" },
    ip: "203.0.113.7",
    detail: null,
  });
});
