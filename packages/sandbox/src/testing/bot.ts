import { createHmac } from "node:crypto";
import { createServer, type IncomingMessage, type Server } from "node:http";
import { text } from "node:stream/consumers";
import { signingSecret } from "../credentials.ts";

/** Stands in for the Slack bot: repeats each command that is signed as Slack signs, refuses the others. */
export function createBot(): Server {
  return createServer((incoming, response) => {
    void text(incoming).then((body) => {
      const form = new URLSearchParams(body);
      const heard = `Heard ${form.get("command")}: ${form.get("text")}`;
      response.statusCode =
        isSigned(incoming, body) && form.get("command") === "/contract" ? 200 : 404;
      return response.end(JSON.stringify({ response_type: "ephemeral", text: heard }));
    });
  });
}

function isSigned({ headers }: IncomingMessage, body: string): boolean {
  const base = `v0:${String(headers["x-slack-request-timestamp"])}:${body}`;
  const digest = createHmac("sha256", signingSecret).update(base).digest("hex");
  return headers["x-slack-signature"] === `v0=${digest}`;
}
