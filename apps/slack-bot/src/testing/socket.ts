import { createHash } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";
import type { Duplex } from "node:stream";

/**
 * The far end of Slack's Socket Mode: opens connections and sends one slash command over each. `answer`
 * resolves with what came back for it. WebSocket frames by RFC 6455, unfragmented and below 64 KB.
 */
export async function openSocketSlack(text: string) {
  const answer = Promise.withResolvers<string>();
  const sockets = new Set<Duplex>();
  const server = createServer((_request, response) => {
    const url = `ws://127.0.0.1:${port()}/link`;
    response.setHeader("content-type", "application/json");
    response.end(JSON.stringify({ ok: true, url }));
  });
  server.on("upgrade", (request, socket: Duplex) => {
    sockets.add(socket);
    accept(socket, String(request.headers["sec-websocket-key"]));
    socket.write(frame({ type: "hello" }));
    socket.write(frame(slashEnvelope(text)));
    socket.on("data", (data: Buffer) => {
      if (((data[0] ?? 0) & 0x0f) === closing) socket.end(Buffer.from([0x80 | closing, 0]));
      const payload = unmask(data);
      if (payload.includes("envelope_id")) answer.resolve(payload);
    });
    socket.on("error", () => undefined);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const port = () => {
    const address = server.address();
    return typeof address === "object" && address !== null ? address.port : 0;
  };
  return {
    apiUrl: `http://127.0.0.1:${port()}/api/`,
    answer: answer.promise,
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, "close");
    },
  };
}

/** RFC 6455's opcode of a frame that closes. */
const closing = 8;

function slashEnvelope(text: string) {
  const payload = {
    command: "/contract",
    text,
    user_id: "U1",
    team_id: "T1",
    channel_id: "C1",
    trigger_id: "1.2.3",
    response_url: "https://hooks.slack.example/commands/1",
  };
  return { type: "slash_commands", envelope_id: "1", accepts_response_payload: true, payload };
}

function accept(socket: Duplex, key: string): void {
  const magic = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
  const proof = createHash("sha1").update(`${key}${magic}`).digest("base64");
  socket.write(
    `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${proof}\r\n\r\n`,
  );
}

function frame(value: unknown): Buffer {
  const payload = Buffer.from(JSON.stringify(value));
  const long = payload.length > 125;
  const size = long ? [126, payload.length >> 8, payload.length & 0xff] : [payload.length];
  const head = Buffer.from([0x81, ...size]);
  return Buffer.concat([head, payload]);
}

function unmask(data: Buffer): string {
  const short = (data[1] ?? 0) & 0x7f;
  const at = short === 126 ? 4 : 2;
  const mask = data.subarray(at, at + 4);
  const payload = data.subarray(at + 4);
  return Buffer.from(payload.map((byte, index) => byte ^ (mask[index % 4] ?? 0))).toString();
}
