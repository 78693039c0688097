import { createHash } from "node:crypto";
import type { Duplex } from "node:stream";

/** WebSocket by RFC 6455, as far as Slack's end needs it: frames are unfragmented and below 64 KB. */
export type Frame = { opcode: number; payload: string };

/** A frame that closes. */
export const closing = 8;

/** Answers the request that opens a socket; `key` is its `sec-websocket-key`. */
export function accept(socket: Duplex, key: string): void {
  const magic = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
  const proof = createHash("sha1").update(`${key}${magic}`).digest("base64");
  socket.write(
    `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${proof}\r\n\r\n`,
  );
}

export function textFrame(value: unknown): Buffer {
  const payload = Buffer.from(JSON.stringify(value));
  const long = payload.length > 125;
  const size = long ? [126, payload.length >> 8, payload.length & 0xff] : [payload.length];
  return Buffer.concat([Buffer.from([0x81, ...size]), payload]);
}

export const closeFrame = Buffer.from([0x80 | closing, 0]);

/** Takes in what comes from a client, in whatever pieces, and hands on each whole frame. */
export function frameReader(onFrame: (frame: Frame) => void): (data: Buffer) => void {
  let left = Buffer.alloc(0);
  return (data) => {
    left = Buffer.concat([left, data]);
    for (let end = endOfFrame(left); end <= left.length; end = endOfFrame(left)) {
      onFrame(unmask(left.subarray(0, end)));
      left = left.subarray(end);
    }
  };
}

/** Infinity while not even its length is there. */
function endOfFrame(data: Buffer): number {
  if (data.length < 4) return Infinity;
  const short = data.readUInt8(1) & 0x7f;
  return short === 126 ? 8 + data.readUInt16BE(2) : 6 + short;
}

function unmask(frame: Buffer): Frame {
  const at = (frame.readUInt8(1) & 0x7f) === 126 ? 4 : 2;
  const mask = frame.subarray(at, at + 4);
  const masked = frame.subarray(at + 4);
  const payload = Buffer.from(masked.map((byte, index) => byte ^ (mask[index % 4] ?? 0)));
  return { opcode: frame.readUInt8(0) & 0x0f, payload: payload.toString() };
}
