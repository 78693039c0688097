import { createServer, type IncomingMessage } from "node:http";
import { buffer } from "node:stream/consumers";
import { providerById, type IncomingRequest } from "@countersign/core";
import { secretOf } from "../credentials.ts";
import { close, listen } from "../listening.ts";

export type Received = { providerId: string; authentic: boolean; request: IncomingRequest };

export type Receiver = {
  url: string;
  port: number;
  requests: Received[];
  /** Which secrets its sources list. */
  secretsOf: (providerId: string) => string[];
  [Symbol.asyncDispose](): Promise<void>;
};

/** Stands in for the receiver: judges each webhook with the provider's own `verify`. `statuses` are its first answers. */
export async function startReceiver(statuses: number[] = []): Promise<Receiver> {
  const answers = [...statuses];
  const server = createServer((incoming, response) => {
    void judge(incoming, receiver.secretsOf).then((received) => {
      receiver.requests.push(received);
      response.statusCode = answers.shift() ?? (received.authentic ? 200 : 401);
      return response.end();
    });
  });
  const port = await listen(server, 0);
  const receiver: Receiver = {
    url: `http://127.0.0.1:${port}`,
    port,
    requests: [],
    secretsOf: (providerId) => [secretOf(providerId)],
    [Symbol.asyncDispose]: () => close(server),
  };
  return receiver;
}

async function judge(
  incoming: IncomingMessage,
  secretsOf: Receiver["secretsOf"],
): Promise<Received> {
  const body = await buffer(incoming);
  const { pathname, searchParams } = new URL(incoming.url ?? "/", "http://receiver");
  const providerId = pathname.replace("/webhooks/", "");
  const query = Object.fromEntries(searchParams);
  const request = { method: incoming.method ?? "", headers: incoming.headers, query, body };
  const provider = providerById(providerId);
  const verified = provider?.verify(request, {
    secrets: secretsOf(providerId),
    settings: provider.settings.parse({}),
    now: new Date(),
  });
  return { providerId, authentic: verified?.authentic === true, request };
}
