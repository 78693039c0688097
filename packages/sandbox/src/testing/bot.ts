import { createHmac } from "node:crypto";
import { createServer, type IncomingMessage } from "node:http";
import { text } from "node:stream/consumers";
import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import { signingSecret } from "../credentials.ts";
import { close, listen } from "../listening.ts";

const partSchema = z.record(z.string(), z.unknown());

/** One request of Slack's: `type` is `command`, an interaction's or an event's; `payload` what it says. */
type Heard = {
  type: string;
  payload: Record<string, unknown>;
  headers: IncomingMessage["headers"];
};

type Said = { status?: number; body?: unknown; afterMs?: number };

export type Bot = {
  port: number;
  url: string;
  heard: Heard[];
  /** How it answers a type of request from now on; where nothing is set, with an empty 200. */
  answers: Map<string, (heard: Heard) => Said | Promise<Said>>;
  forget: () => void;
  [Symbol.asyncDispose](): Promise<void>;
};

/** Stands in for the Slack bot: takes what is signed as Slack signs, refuses the rest, repeats each `/contract`. */
export async function startBot(): Promise<Bot> {
  const server = createServer((incoming, response) => {
    void text(incoming).then(async (body) => {
      if (!isSigned(incoming, body)) return response.writeHead(401).end();
      const heard = readRequest(incoming, body);
      bot.heard.push(heard);
      const answer = bot.answers.get(heard.type) ?? usual;
      const { status = 200, body: said, afterMs = 0 } = await answer(heard);
      await sleep(afterMs);
      response.writeHead(status, { "content-type": "application/json" });
      return response.end(said === undefined ? "" : JSON.stringify(said));
    });
  });
  const port = await listen(server, 0);
  const bot: Bot = {
    port,
    url: `http://127.0.0.1:${port}`,
    heard: [],
    answers: new Map(),
    forget() {
      bot.heard.length = 0;
      bot.answers.clear();
    },
    [Symbol.asyncDispose]: () => close(server),
  };
  return bot;
}

function usual({ type, payload }: Heard): Said {
  if (type !== "command") return {};
  if (payload["command"] !== "/contract") return { status: 404 };
  const heard = `Heard /contract: ${String(payload["text"])}`;
  return { body: { response_type: "ephemeral", text: heard } };
}

function readRequest({ headers }: IncomingMessage, body: string): Heard {
  if (headers["content-type"]?.includes("json") === true) {
    const payload = partSchema.parse(JSON.parse(body));
    const event = partSchema.safeParse(payload["event"]);
    return { type: String(event.data?.["type"] ?? payload["type"]), payload, headers };
  }
  const form = new URLSearchParams(body);
  const json = form.get("payload");
  if (json === null) return { type: "command", payload: Object.fromEntries(form), headers };
  const payload = partSchema.parse(JSON.parse(json));
  return { type: String(payload["type"]), payload, headers };
}

function isSigned({ headers }: IncomingMessage, body: string): boolean {
  const base = `v0:${String(headers["x-slack-request-timestamp"])}:${body}`;
  const digest = createHmac("sha256", signingSecret).update(base).digest("hex");
  return headers["x-slack-signature"] === `v0=${digest}`;
}
