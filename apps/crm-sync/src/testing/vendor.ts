import { once } from "node:events";
import { providerById, type Http } from "@countersign/core";
import type { Step, VendorContract } from "@countersign/core/testing";
import { createVendorRouter } from "@countersign/sandbox";
import { http } from "@countersign/service";
import express from "express";
import { z } from "zod";
import { openSources } from "../sources/sources.ts";

const now = () => new Date();

type Instead = { status: number; headers?: Record<string, string>; body: string };

/** A provider's own API over HTTP, with the contracts that are put into it, until `stack` ends. */
export async function serveVendor(providerId: string, stack: AsyncDisposableStack) {
  const provider = providerById(providerId);
  if (provider?.vendorSide.access === undefined) throw new Error(`No vendor's side: ${providerId}`);
  const contracts: VendorContract[] = [];
  let instead: Instead | null = null;
  let insteadOfWrites: Instead | null = null;
  let asked = 0;
  let isLost: (path: string) => boolean = losesNone;
  const writes: string[] = [];
  const requests: string[] = [];
  const server = express()
    .use((request, response, next) => {
      if (/oauth|userinfo|baseUris/.test(request.url)) return next();
      asked += 1;
      requests.push(`${request.method} ${request.path}`);
      const other = request.method === "GET" ? instead : (instead ?? insteadOfWrites);
      if (other === null) return next();
      response
        .status(other.status)
        .set(other.headers ?? {})
        .send(other.body);
    })
    .use(
      "/providers",
      createVendorRouter({
        vendorSideOf: () => provider.vendorSide,
        contractsOf: () => contracts,
        keep(_provider, changed) {
          const index = contracts.findIndex((one) => one.walk.externalId === changed.externalId);
          contracts[index] = { steps: [], ...contracts[index], walk: changed };
        },
        now,
      }),
    )
    .listen(0, "127.0.0.1");
  stack.defer(() => {
    server.closeAllConnections();
    server.close();
  });
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" ? address?.port : undefined;
  const baseUrl = `http://127.0.0.1:${port}/providers/${providerId}/api`;
  const losing: Http = async (call) => {
    const answer = await http(call);
    if (call.method === "GET" || call.url.includes("/oauth/")) return answer;
    writes.push(`${call.method} ${new URL(call.url).pathname}`);
    if (isLost(call.url)) throw new Error("The answer was lost.");
    return answer;
  };
  const access = z.record(z.string(), z.unknown()).parse(provider.vendorSide.access(baseUrl));
  return {
    /** What a source gives under `access:`. */
    access,
    /** A contract that all have signed. */
    complete(externalId: string, title: string): void {
      contracts.push({ walk: { ...walk, externalId, title }, steps });
    },
    /** One that its first signer has still to sign, with these fields. */
    send(externalId: string, fields: Record<string, string> = {}): void {
      const recipients = people.map((one) => ({ ...one, key: `${externalId}${one.key}` }));
      const sent = { ...walk, externalId, title: "Lease", fields, recipients };
      contracts.push({ walk: sent, steps: steps.slice(0, 1) });
    },
    /** What the contract's fields are there, wherever the vendor has them. */
    fieldsOf(externalId: string): Record<string, string> {
      const found = contracts.find((one) => one.walk.externalId === externalId);
      if (found === undefined) throw new Error(`There is no contract ${externalId}.`);
      const { fields, records = {}, recipients } = found.walk;
      return Object.assign({}, ...recipients.map((one) => one.fields ?? {}), records, fields);
    },
    /** A person changes the contract there. */
    change(externalId: string, fields: Record<string, string>): void {
      const index = contracts.findIndex((one) => one.walk.externalId === externalId);
      const found = contracts[index];
      if (found === undefined) throw new Error(`There is no contract ${externalId}.`);
      const recipients = found.walk.recipients.map(({ fields: _own, ...one }) => one);
      contracts[index] = { ...found, walk: { ...found.walk, fields, records: {}, recipients } };
    },
    /** Calls of its `sources` that change something, in their order. */
    writes: () => [...writes],
    /** All calls that came, whoever made them, without those to sign in. */
    requests: () => [...requests],
    /** Whether the answer to a write of that address is lost on its way back. */
    loseAnswers(to: typeof isLost): void {
      isLost = to;
    },
    /** What it answers to all calls instead, until null. */
    answerAll(answer: Instead | null): void {
      instead = answer;
    },
    /** What it answers to calls that would change something, until null. */
    answerWrites(answer: Instead | null): void {
      insteadOfWrites = answer;
    },
    /** Calls so far, without signing in. */
    asked: () => asked,
    /** Sources of that name, as crm-sync has them. */
    sources: (...names: string[]) =>
      openSources(
        names.map((name) => ({ name, provider: providerId, secrets: ["x"], access, settings: {} })),
        { http: losing, now },
        "countersign.yaml",
      ),
  };
}

export type Vendor = Awaited<ReturnType<typeof serveVendor>>;

function losesNone(): boolean {
  return false;
}

const people = [
  { key: "1", name: "Ann Buyer", email: "ann.buyer@example.com", order: 1 },
  { key: "2", name: "Bo Seller", email: "bo.seller@example.com", order: 2 },
];

const walk = {
  title: "",
  sender: { name: "Sal Sender", email: "sal.sender@example.com" },
  fields: {},
  recipients: people,
};

const at = (minute: number) => new Date(Date.UTC(2026, 4, 6, 8, minute));

const steps: Step[] = [
  { kind: "sent", at: at(1) },
  { kind: "signed", recipientKey: "1", at: at(3) },
  { kind: "signed", recipientKey: "2", at: at(5) },
  { kind: "completed", at: at(6) },
];
