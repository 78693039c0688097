import { once } from "node:events";
import { providerById } from "@countersign/core";
import type { VendorContract } from "@countersign/core/testing";
import express from "express";

/** A vendor's REST API on a port of its own, with these contracts, until the stack ends. */
export async function serveVendor(
  providerId: string,
  contracts: readonly VendorContract[],
  stack: AsyncDisposableStack,
) {
  const vendorSide = providerById(providerId)?.vendorSide;
  if (vendorSide?.answer === undefined) throw new Error(`${providerId} has no API.`);
  const paths: string[] = [];
  const waits: number[] = [];
  const app = express().use(express.text({ type: () => true }), (request, response) => {
    paths.push(request.path);
    const wait = waits.shift();
    if (wait !== undefined) {
      response.status(429).set("Retry-After", String(wait)).end();
      return;
    }
    const { url, headers, body, method } = request;
    const texts = Object.entries(headers).map(([name, value]) => [name, [value].flat().join(", ")]);
    const call = {
      url,
      headers: Object.fromEntries(texts),
      body: typeof body === "string" ? body : "",
    };
    const answered = vendorSide.answer?.(
      { ...call, method: method === "POST" ? "POST" : "GET" },
      contracts,
      new Date(),
    );
    if (answered === undefined) throw new Error(`${providerId} gave no answer.`);
    response.status(answered.status).set(answered.headers).end(Buffer.from(answered.body));
  });
  const server = app.listen(0, "127.0.0.1");
  stack.defer(() => {
    server.closeAllConnections();
    server.close();
  });
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" ? address?.port : undefined;
  const access = vendorSide.access?.(`http://127.0.0.1:${port}`);
  return {
    access,
    paths,
    /** The next call is put off by so many seconds. */
    putOff: (seconds: number) => waits.push(seconds),
  };
}
