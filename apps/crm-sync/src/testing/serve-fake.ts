import { once } from "node:events";
import { createServer, type RequestListener } from "node:http";
import express from "express";
import type { CrmFake } from "./counterpart.ts";

/** Serves the fake until `stack` ends; its address without a slash at the end. */
export function serveFake(fake: CrmFake, stack: AsyncDisposableStack): Promise<string> {
  return serve(express().use(fake.router), stack);
}

/** The same of whatever answers. */
export async function serve(
  listener: RequestListener,
  stack: AsyncDisposableStack,
): Promise<string> {
  const server = createServer(listener).listen(0, "127.0.0.1");
  stack.defer(() => {
    server.closeAllConnections();
    server.close();
  });
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port was given");
  return `http://127.0.0.1:${address.port}`;
}
