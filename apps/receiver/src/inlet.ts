import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import { parse } from "node:querystring";
import type { IncomingRequest, Reply } from "@countersign/core";
import { answer, handshake, notPost } from "./answer.ts";
import type { Source } from "./config.ts";
import type { Enter } from "./door.ts";
import type { Received } from "./receive.ts";

export type InletPorts = {
  enter: Enter;
  /** Hears of every POST what became of it, and how many seconds that took. */
  report: (source: string, received: Received, seconds: number) => void;
  now: () => Date;
  /** Answers a request that met a fault of ours. */
  fail: (error: unknown, response: ServerResponse) => void;
};

/** Where a source's requests come in, whatever their method. */
export function createInlet(source: Source, ports: InletPorts): RequestListener {
  async function post(message: IncomingMessage, response: ServerResponse): Promise<void> {
    const started = performance.now();
    const incoming = toIncoming(message);
    const received = await ports.enter(incoming, message);
    ports.report(source.name, received, (performance.now() - started) / 1_000);
    send(response, answer(received, source, incoming));
  }

  async function take(message: IncomingMessage, response: ServerResponse): Promise<void> {
    if (message.method === "POST") await post(message, response);
    else if (message.method === "GET" || message.method === "HEAD") {
      send(response, handshake(source, toIncoming(message), ports.now()));
    } else send(response, notPost);
  }

  return (message, response) => {
    take(message, response).catch((error: unknown) => ports.fail(error, response));
  };
}

export function send(response: ServerResponse, { status, headers = {}, body = "" }: Reply): void {
  response.statusCode = status;
  response.setHeader("content-type", "text/plain; charset=utf-8");
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  response.end(body);
}

function toIncoming({ method = "", headers, url = "" }: IncomingMessage): IncomingRequest {
  return { method, headers, query: queryOf(url), body: nothing };
}

const nothing = new Uint8Array();

/** Without what PostgreSQL refuses: a NUL would make an authentic delivery one that can never be stored. */
function queryOf(url: string): IncomingRequest["query"] {
  const query: IncomingRequest["query"] = {};
  const start = url.indexOf("?");
  if (start === -1) return query;
  for (const [name, value] of Object.entries(parse(url.slice(start + 1)))) {
    if (typeof value === "string" && !`${name}${value}`.includes("\u0000")) query[name] = value;
  }
  return query;
}
