import { once } from "node:events";
import { providerById } from "@countersign/core";
import type { Step, VendorContract } from "@countersign/core/testing";
import { createVendorRouter } from "@countersign/sandbox";
import { http } from "@countersign/service";
import express from "express";
import { z } from "zod";
import { openSources } from "../files/sources.ts";

const now = () => new Date();

/** A provider's own API over HTTP, with the contracts that are put into it, until `stack` ends. */
export async function serveVendor(providerId: string, stack: AsyncDisposableStack) {
  const provider = providerById(providerId);
  if (provider?.vendorSide.access === undefined) throw new Error(`No vendor's side: ${providerId}`);
  const contracts: VendorContract[] = [];
  let instead: { status: number; headers?: Record<string, string>; body: string } | null = null;
  let asked = 0;
  const server = express()
    .use((request, response, next) => {
      if (/oauth|userinfo|baseUris/.test(request.url)) return next();
      asked += 1;
      if (instead === null) return next();
      response
        .status(instead.status)
        .set(instead.headers ?? {})
        .send(instead.body);
    })
    .use(
      "/providers",
      createVendorRouter({
        vendorSideOf: () => provider.vendorSide,
        contractsOf: () => contracts,
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
  const access = z.record(z.string(), z.unknown()).parse(provider.vendorSide.access(baseUrl));
  return {
    /** What a source gives under `access:`. */
    access,
    /** A contract that all have signed. */
    complete(externalId: string, title: string): void {
      contracts.push({ walk: { ...walk, externalId, title }, steps });
    },
    /** What it answers to all calls instead, until null. */
    answerAll(answer: typeof instead): void {
      instead = answer;
    },
    /** Calls so far, without signing in. */
    asked: () => asked,
    /** Its files for the sources of that name, as crm-sync reads them. */
    sources: (...names: string[]) =>
      openSources(
        names.map((name) => ({ name, provider: providerId, secrets: ["x"], access, settings: {} })),
        { http, now },
        "countersign.yaml",
      ),
  };
}

export type Vendor = Awaited<ReturnType<typeof serveVendor>>;

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
