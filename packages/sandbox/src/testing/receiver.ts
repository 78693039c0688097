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
  [Symbol.asyncDispose](): Promise<void>;
};

/** Stands in for the receiver: judges each webhook with the provider's own `verify`. `statuses` are its first answers. */
export async function startReceiver(statuses: number[] = []): Promise<Receiver> {
  const requests: Received[] = [];
  const answers = [...statuses];
  const server = createServer((incoming, response) => {
    void judge(incoming).then((received) => {
      requests.push(received);
      response.statusCode = answers.shift() ?? (received.authentic ? 200 : 401);
      return response.end();
    });
  });
  const port = await listen(server, 0);
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    requests,
    [Symbol.asyncDispose]: () => close(server),
  };
}

async function judge(incoming: IncomingMessage): Promise<Received> {
  const body = await buffer(incoming);
  const { pathname, searchParams } = new URL(incoming.url ?? "/", "http://receiver");
  const providerId = pathname.replace("/webhooks/", "");
  const query = Object.fromEntries(searchParams);
  const request = { method: incoming.method ?? "", headers: incoming.headers, query, body };
  const provider = providerById(providerId);
  const verified = provider?.verify(request, {
    secrets: [secretOf(providerId)],
    settings: provider.settings.parse({}),
    now: new Date(),
  });
  return { providerId, authentic: verified?.authentic === true, request };
}
