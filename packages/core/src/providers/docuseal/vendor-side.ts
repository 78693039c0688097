import { z } from "zod";
import type { HttpAnswer, HttpCall } from "../client.ts";
import { jsonObjectIn } from "../json-text.ts";
import { tinyPdf } from "../tiny-pdf.ts";
import {
  progressOf,
  type Step,
  type VendorAnswer,
  type VendorContract,
  type VendorSide,
  type Walk,
} from "../vendor-side.ts";
import { eventBody, formData, partyData, submissionData } from "./vendor-bodies.ts";

const apiKey = "docuseal-api-key";

/** DocuSeal as docusealco/docuseal at a2d8b855 sends and answers. */
export const vendorSide: VendorSide = {
  deliveryBodies(walk, steps) {
    const last = steps.at(-1);
    return last === undefined ? [] : bodiesOf(last, walk, steps);
  },
  testBody: (at) => {
    const steps: Step[] = [
      { kind: "sent", at },
      { kind: "signed", recipientKey: "15006", at },
    ];
    const data = formData(testWalk, steps, "15006");
    const timestamp = at.toISOString().replace(/\.\d+Z$/, "Z");
    return Buffer.from(JSON.stringify({ event_type: "form.completed", timestamp, data }));
  },
  access: (baseUrl) => ({ apiKey, baseUrl }),
  answer: (call, contracts) => answer(call, contracts),
};

const testWalk: Walk = {
  externalId: "14407",
  title: "Sample",
  sender: { name: "Sal Sender", email: "sal.sender@example.com" },
  fields: {},
  recipients: [{ key: "15006", name: "Ann Buyer", email: "ann.buyer@example.com", order: 1 }],
};

/** What creates a submission sends it too, so there is nothing to say before that. */
function bodiesOf(last: Step, walk: Walk, steps: readonly Step[]): Uint8Array[] {
  const submission = (event: string) => eventBody(event, last.at, submissionData(walk, steps));
  const form = (event: string) =>
    eventBody(event, last.at, formData(walk, steps, last.recipientKey));
  const sent: Record<Step["kind"], () => Uint8Array[]> = {
    created: () => [],
    sent: () => [submission("submission.created")],
    viewed: () => [form("form.viewed")],
    signed: () => [form("form.started"), form("form.completed")],
    completed: () => [submission("submission.completed")],
    declined: () => [form("form.declined")],
    voided: () => {
      const { id, archived_at } = submissionData(walk, steps);
      return [eventBody("submission.archived", last.at, { id, archived_at })];
    },
    expired: () => [submission("submission.expired")],
  };
  return sent[last.kind]();
}

function answer(call: HttpCall, contracts: readonly VendorContract[]): VendorAnswer {
  const { pathname, searchParams } = new URL(call.url, "https://docuseal.invalid");
  const [, root = "", id = "", part] = pathname.split("/").map(decodeURIComponent);
  const contract = contracts.find((one) => one.walk.externalId === id);
  if (root === "file" && contract) return file(contract, part);
  if (call.headers["x-auth-token"] !== apiKey) return json(401, { error: "Not authenticated" });
  if (root === "submitters" && call.method === "PUT") return update(contracts, id, call.body);
  if (root !== "submissions" || call.method !== "GET") return notFound;
  if (id === "") return json(200, page(contracts, searchParams));
  if (contract === undefined) return notFound;
  if (part === undefined) return json(200, submissionOf(contract));
  return part === "documents" ? json(200, documents(contract)) : notFound;
}

/** Of what docs/openapi.json lets be updated, what our client sends: with more, a mail might go out. */
const submitter = z.strictObject({ metadata: z.record(z.string(), z.string()) });

function update(
  contracts: readonly VendorContract[],
  id: string,
  body: string | undefined,
): VendorAnswer {
  const contract = contracts.find(({ walk }) => walk.recipients.some(({ key }) => key === id));
  const { data } = submitter.safeParse(jsonObjectIn(body ?? ""));
  if (contract === undefined) return notFound;
  if (data === undefined) return json(422, { error: "Params are invalid" });
  const { walk, steps } = contract;
  const recipients = walk.recipients.map((one) =>
    one.key === id ? { ...one, fields: data.metadata } : one,
  );
  const changed = { ...walk, recipients };
  const party = progressOf(changed, steps).recipients.find(({ key }) => key === id);
  if (party === undefined) return notFound;
  if (party.signed !== undefined) {
    return json(422, { error: "Submitter has already completed the submission." });
  }
  return { ...json(200, partyData(changed, steps, party)), changed };
}

const notFound = json(404, { error: "Not found" });

/** The newest first, then those after (older than) an id. */
function page(contracts: readonly VendorContract[], query: URLSearchParams) {
  const limit = Math.min(Number(query.get("limit") ?? 10), 100);
  const newestFirst = contracts.toReversed();
  const after = newestFirst.findIndex((one) => one.walk.externalId === query.get("after"));
  const data = newestFirst.slice(after + 1, after + 1 + limit).map(({ walk, steps }) => {
    const { submission_events: _, ...listed } = submissionData(walk, steps);
    return listed;
  });
  const pagination = { count: data.length, next: data.at(-1)?.["id"], prev: data[0]?.["id"] };
  return { data, pagination };
}

/** The real address is whole and on a host of its own. */
function documents({ walk }: VendorContract) {
  const url = `file/${encodeURIComponent(walk.externalId)}/signed.pdf`;
  return { id: walk.externalId, documents: [{ name: walk.title, url }] };
}

/** With the address of the audit log as `documents` has those of the documents. */
function submissionOf({ walk, steps }: VendorContract) {
  const data = submissionData(walk, steps);
  const isThere = data["audit_log_url"] !== null;
  const address = `file/${encodeURIComponent(walk.externalId)}/audit-log.pdf`;
  return { ...data, audit_log_url: isThere ? address : null };
}

function file({ walk }: VendorContract, name: string | undefined): HttpAnswer {
  const body = tinyPdf(name === "audit-log.pdf" ? `Audit log: ${walk.title}` : walk.title);
  return { status: 200, headers: { "content-type": "application/pdf" }, body };
}

function json(status: number, body: object): HttpAnswer {
  const headers = { "content-type": "application/json; charset=utf-8" };
  return { status, headers, body: Buffer.from(JSON.stringify(body)) };
}
