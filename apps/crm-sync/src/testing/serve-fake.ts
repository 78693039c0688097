import { once } from "node:events";
import express from "express";
import type { CrmFake } from "./counterpart.ts";

/** Serves the fake until `stack` ends; its address without a slash at the end. */
export async function serveFake(fake: CrmFake, stack: AsyncDisposableStack): Promise<string> {
  const server = express().use(fake.router).listen(0, "127.0.0.1");
  stack.defer(() => {
    server.closeAllConnections();
    server.close();
  });
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port was given");
  return `http://127.0.0.1:${address.port}`;
}
