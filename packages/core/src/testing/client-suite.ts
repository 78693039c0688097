import { buffer } from "node:stream/consumers";
import { describe, expect, test } from "vitest";
import type { ContractEvent } from "../contract-event.ts";
import { endingTypes } from "../contract-event.ts";
import { fold } from "../contract.ts";
import type { Answer, Http, HttpAnswer, ProviderConnection } from "../providers/client.ts";
import type { Provider } from "../providers/provider.ts";
import type { VendorAnswer, VendorContract } from "../providers/vendor-side.ts";
import { fieldsSuite } from "./fields-suite.ts";
import { withCharacter } from "./delivery.ts";
import { wellFormed } from "./mangle.ts";
import { eventsIn } from "./reading.ts";
import { pushed } from "./walk-suite.ts";
import { at, momentsOf, stories, walk } from "./walks.ts";

/** Of no vendor, and not at the root, so that a client which forgets its address is found out. */
const baseUrl = "https://vendor.test/at/here";

const readAt = at(30);

/** What the client of a provider must do against the vendor's own side, for providers that have both. */
export function clientSuite(provider: Provider): void {
  const { client, vendorSide } = provider;
  const access = vendorSide.access?.(baseUrl);
  if (client === undefined) return;

  test("has a vendor's side to be tested with", () => {
    expect(client.access.safeParse(access).success).toBe(true);
    expect(vendorSide).toHaveProperty("answer");
  });

  /** What a call changes is changed in the list. */
  const served =
    (contracts: VendorContract[]): Http =>
    async (call) => {
      expect(call.url.startsWith(`${baseUrl}/`)).toBe(true);
      expect(Object.keys(call.headers).filter((name) => /[A-Z]/.test(name))).toEqual([]);
      const url = call.url.slice(baseUrl.length);
      const answer: VendorAnswer =
        vendorSide.answer?.({ ...call, url }, contracts, readAt) ?? refusal(501);
      const { changed } = answer;
      const index = contracts.findIndex((one) => one.walk.externalId === changed?.externalId);
      if (changed) contracts[index] = { steps: [], ...contracts[index], walk: changed };
      return call.streamed && answer.status === 200 ? streamed(answer) : answer;
    };
  const connect = (http: Http, given = access) =>
    client.connect(client.access.parse(given), { http, now: () => readAt });

  readingSuite(provider, (contracts) => connect(served(contracts)));
  listingSuite((contracts) => connect(served(contracts)));
  refusalSuite(connect, served([{ walk, steps: completed }]));
  fieldsSuite(provider, (contracts) => connect(served(contracts)));

  test("other credentials are not taken", async () => {
    for (const [name, wrong] of wrongIn(access)) {
      const parsed = client.access.safeParse(wrong);
      if (!parsed.success) continue;
      const connection = connect(served([{ walk, steps: completed }]), wrong);
      const fetched = await connection.fetchContract(walk.externalId);
      expect(fetched, name).toMatchObject({ outcome: "unauthorized" });
    }
  });
}

type ConnectTo = (contracts: VendorContract[]) => ProviderConnection;

const completed = stories[0]?.stages.map(([step]) => step) ?? [];

function readingSuite(provider: Provider, connectTo: ConnectTo): void {
  const about = { id: provider.id, source: provider.id, externalId: walk.externalId };

  test.each(stories)("a contract that is $ending reads back as it was pushed", async (story) => {
    const pushes: ContractEvent[] = [];
    for (const { steps, last } of momentsOf(provider.vendorSide, story.stages)) {
      pushes.push(...pushed(provider, steps));
      if (pushes.length === 0) continue;
      const fetched = await connectTo([{ walk, steps }]).fetchContract(walk.externalId);
      const { report, url, body } = valueOf(fetched);
      expect(url.startsWith(`${baseUrl}/`) && body.length > 0).toBe(true);
      expect(report.externalId).toBe(walk.externalId);
      expect(wellFormed({ understood: true, reports: [report] })).toEqual([]);
      const readings = eventsIn(provider, report, "reconcile");
      expect(strangers(readings, pushes), `after ${last.kind}`).toEqual([]);
      const before = fold(about, pushes);
      expect(fold(about, [...pushes, ...readings])).toMatchObject(Object(withoutNulls(before)));
    }
  });

  test("reading back alone tells that it is completed, and what it is", async () => {
    const connection = connectTo([{ walk, steps: completed }]);
    const { report } = valueOf(await connection.fetchContract(walk.externalId));
    const contract = fold(about, eventsIn(provider, report, "reconcile"));
    const { title, fields } = walk;
    expect(contract).toMatchObject({ status: "completed", title, fields });
    const emails = contract.recipients.map((one) => one.email);
    expect(emails).toEqual(walk.recipients.map((one) => one.email));
  });

  test("has an audit trail and the signed document of what is completed", async () => {
    const connection = connectTo([{ walk, steps: completed }]);
    const trail = valueOf(await connection.fetchAuditTrail(walk.externalId));
    const { bytes, contentType } = valueOf(await connection.fetchSignedDocument(walk.externalId));
    expect(contentType).toBe("application/pdf");
    expect(Buffer.from(bytes).toString("latin1")).toMatch(/^%PDF-/);
    const entries = "entries" in trail ? trail.entries : [];
    const file = "file" in trail ? trail.file.bytes : [];
    expect(entries.length + file.length).toBeGreaterThan(1);
    for (const entry of entries) {
      expect(new Date(entry.at).toISOString()).toBe(entry.at);
      expect(entry.action).not.toBe("");
    }
  });

  test("gives the files of what is completed, each under its own key, as they come", async () => {
    const { files } = connectTo([{ walk, steps: completed }]);
    const listed = valueOf(await files.list(walk.externalId));
    expect(listed.map(({ kind }) => kind)).toContain("signed");
    expect(new Set(listed.map(({ key }) => key)).size).toBe(listed.length);
    const contents = new Set<string>();
    for (const { key } of listed) {
      const { contentType, bytes } = valueOf(await files.open(walk.externalId, key));
      expect(contentType).toBe("application/pdf");
      const content = (await buffer(bytes)).toString("latin1");
      expect(content).toMatch(/^%PDF-/);
      contents.add(content);
    }
    expect(contents.size).toBe(listed.length);
  });

  test("has no files of what is not completed", async () => {
    const { files } = connectTo([{ walk, steps: completed.slice(0, 2) }]);
    const listed = await files.list(walk.externalId);
    expect(listed).toMatchObject({ outcome: "refused", code: "not-completed" });
  });

  test("reminds whose turn it is, where the vendor can", async () => {
    const connection = connectTo([{ walk, steps: completed.slice(0, 2) }]);
    const { report } = valueOf(await connection.fetchContract(walk.externalId));
    const [first] = fold(about, eventsIn(provider, report)).recipients;
    for (const recipient of [null, first?.key ?? null]) {
      const reminded = await connection.sendReminder?.(walk.externalId, recipient);
      expect(reminded ?? { outcome: "ok" }).toMatchObject({ outcome: "ok" });
    }
  });
}

/** Happenings that were pushed too, but are known by another id when they are read back. */
function strangers(readings: ContractEvent[], pushes: ContractEvent[]): ContractEvent[] {
  const ids = new Set(pushes.map((event) => event.id));
  const kinds = new Set(pushes.map(kindOf));
  const news = readings.filter((event) => event.type !== "contract.noted" && !ids.has(event.id));
  return news.filter((event) => kinds.has(kindOf(event)) || endingTypes.has(event.type));
}

function kindOf(event: ContractEvent): string {
  return `${event.type} ${event.recipient ?? ""}`;
}

/** Reading may tell more than was pushed, and must not tell otherwise. */
function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (typeof value !== "object" || value === null) return value;
  const known = Object.entries(value).filter(([, inner]) => inner !== null);
  return Object.fromEntries(known.map(([key, inner]) => [key, withoutNulls(inner)]));
}

function listingSuite(connectTo: ConnectTo): void {
  test("lists what changed, page after page", async () => {
    const contracts = Array.from({ length: 230 }, (_, index) => ({
      walk: { ...walk, externalId: `${walk.externalId.slice(0, -3)}${100 + index}` },
      steps: completed,
    }));
    const listed = valueOf(await connectTo(contracts).listChangedSince(at(-60)));
    expect(listed.toSorted()).toEqual(contracts.map((one) => one.walk.externalId));
  });

  test("lists nothing where there is nothing", async () => {
    expect(valueOf(await connectTo([]).listChangedSince(at(0)))).toEqual([]);
  });

  test("what the vendor does not know is missing", async () => {
    const connection = connectTo([{ walk, steps: completed }]);
    for (const [name, call] of callsOf(connection, "00000000-0000-4000-8000-000000000000")) {
      if (name === "listChangedSince") continue;
      expect(await call(), name).toEqual({ outcome: "missing" });
    }
  });
}

function refusalSuite(connect: (http: Http) => ProviderConnection, served: Http): void {
  /** Lets the client in, then answers what it asks for as given. */
  const answering =
    (given: HttpAnswer): Http =>
    async (call) => {
      const answer = await served(call);
      return /\b(oauth|token|baseUris|userinfo)\b/i.test(call.url) ? answer : given;
    };

  describe.each([
    ["401", refusal(401), { outcome: "unauthorized" }],
    ["403", refusal(403), { outcome: "unauthorized" }],
    ["404", refusal(404), { outcome: "missing" }],
    ["429", refusal(429, { "retry-after": "17" }), { outcome: "later", seconds: 17 }],
    ["429 without a time", refusal(429), { outcome: "later", seconds: expect.any(Number) }],
    ["422", refusal(422), { outcome: "refused" }],
  ])("an answer of %s", (_, given, outcome) => {
    test("is an outcome of every call", async () => {
      for (const [name, call] of callsOf(connect(answering(given)), walk.externalId)) {
        expect(await call(), name).toMatchObject(outcome);
      }
    });
  });

  test.each([500, 502, 503])("an answer of %i is a fault", async (status) => {
    for (const [, call] of callsOf(connect(answering(refusal(status))), walk.externalId)) {
      await expect(call()).rejects.toBeInstanceOf(Error);
    }
  });

  test("no answer is a fault", async () => {
    for (const [, call] of callsOf(connect(unanswered), walk.externalId)) {
      await expect(call()).rejects.toThrow("connection reset");
    }
  });

  test("an answer that is no JSON is a fault or an outcome, and never a contract", async () => {
    const page = { ...refusal(200), body: Buffer.from("<html>") };
    const fetched = await connect(answering(page))
      .fetchContract(walk.externalId)
      .catch(() => ({ outcome: "fault" }));
    expect(fetched.outcome).not.toBe("ok");
  });
}

/** As an I/O layer gives it that does not read the whole file first. */
function streamed({ body, ...answer }: HttpAnswer): HttpAnswer {
  const halves = [body.subarray(0, body.length / 2), body.subarray(body.length / 2)];
  return { ...answer, body: Buffer.alloc(0), stream: ReadableStream.from(halves) };
}

const unanswered: Http = () => Promise.reject(new Error("connection reset"));

function refusal(status: number, more: Record<string, string> = {}): HttpAnswer {
  const headers = { "content-type": "application/json", ...more };
  return { status, headers, body: Buffer.from('{"message":"No such luck"}') };
}

type Call = [name: string, call: () => Promise<Answer<unknown>>];

function callsOf(connection: ProviderConnection, id: string): Call[] {
  const remind = connection.sendReminder?.bind(connection);
  const { fields } = connection;
  const field: Call[] = fields ? [["fields.open", () => fields.open(id, "hubspot_deal_id")]] : [];
  const reminder: Call[] = remind ? [["sendReminder", () => remind(id, null)]] : [];
  return [
    ["fetchContract", () => connection.fetchContract(id)],
    ["listChangedSince", () => connection.listChangedSince(at(0))],
    ["fetchAuditTrail", () => connection.fetchAuditTrail(id)],
    ["fetchSignedDocument", () => connection.fetchSignedDocument(id)],
    ["files.list", () => connection.files.list(id)],
    ["files.open", () => connection.files.open(id, "signed")],
    ...field,
    ...reminder,
  ];
}

function valueOf<Value>(answer: Answer<Value>): Value {
  if (answer.outcome !== "ok") throw new Error(`Expected an answer, got ${JSON.stringify(answer)}`);
  return answer.value;
}

/** The access, each time with one of its texts changed that is no address, under that one's name. */
function wrongIn(access: unknown): [string, unknown][] {
  return Object.entries(Object(access)).flatMap(([name, value]) => {
    if (typeof value !== "string" || value.startsWith("http")) return [];
    const wrong = withCharacter(value, Math.floor(value.length / 7));
    return [[name, { ...Object(access), [name]: wrong }]];
  });
}
