import { once } from "node:events";
import { createServer } from "node:http";
import { text } from "node:stream/consumers";
import type { Duplex } from "node:stream";
import { accept, closeFrame, closing, frameReader, textFrame } from "./socket-frames.ts";

/** What somebody does in Slack, as Slack sends it over a socket. */
type Deed = { type: "slash_commands" | "interactive"; payload: Record<string, unknown> };

const who = { user: { id: "U1", team_id: "T1" }, team: { id: "T1" } };

export function slashDeed(typed: string): Deed {
  const payload = {
    command: "/contract",
    text: typed,
    user_id: "U1",
    team_id: "T1",
    channel_id: "C1",
    trigger_id: "1.2.slash",
  };
  return { type: "slash_commands", payload };
}

export function buttonDeed(actionId: string, value: string): Deed {
  const payload = {
    ...who,
    type: "block_actions",
    trigger_id: "1.2.button",
    channel: { id: "C1" },
    container: { type: "message", message_ts: "1.2", channel_id: "C1" },
    actions: [{ type: "button", action_id: actionId, block_id: "b", value }],
  };
  return { type: "interactive", payload };
}

export function modalDeed(callbackId: string, values: Record<string, unknown>): Deed {
  const view = {
    id: "V1",
    type: "modal",
    callback_id: callbackId,
    private_metadata: "",
    state: { values },
  };
  return {
    type: "interactive",
    payload: { ...who, type: "view_submission", trigger_id: "1.2.modal", view },
  };
}

/**
 * The far end of Slack's Socket Mode: opens connections and sends the deeds over each. `heard` has all that came
 * back: over the socket, whose `envelope_id` has the deed's place, and to the `response_url`.
 */
export async function openSocketSlack(...deeds: readonly Deed[]) {
  const heard: string[] = [];
  const sockets = new Set<Duplex>();
  const server = createServer((request, response) => {
    if (request.url === "/response") void text(request).then((body) => heard.push(body));
    response.setHeader("content-type", "application/json");
    response.end(JSON.stringify({ ok: true, url: `ws://127.0.0.1:${port()}/link` }));
  });
  server.on("upgrade", (request, socket: Duplex) => {
    sockets.add(socket);
    socket.on("error", () => undefined);
    accept(socket, String(request.headers["sec-websocket-key"]));
    socket.write(textFrame({ type: "hello" }));
    for (const [place, { type, payload }] of deeds.entries()) {
      const response_url = `http://127.0.0.1:${port()}/response`;
      const envelope = { type, envelope_id: `deed ${place}`, accepts_response_payload: true };
      socket.write(textFrame({ ...envelope, payload: { ...payload, response_url } }));
    }
    const read = frameReader(({ opcode, payload }) => {
      if (opcode === closing) socket.end(closeFrame);
      if (payload.includes("envelope_id")) heard.push(payload);
    });
    socket.on("data", read);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const port = () => {
    const address = server.address();
    return typeof address === "object" && address !== null ? address.port : 0;
  };
  return {
    apiUrl: `http://127.0.0.1:${port()}/api/`,
    heard,
    async close() {
      for (const socket of sockets) socket.destroy();
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}
