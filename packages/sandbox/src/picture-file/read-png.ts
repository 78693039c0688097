import { inflateSync } from "node:zlib";

/** Pixels row by row, three bytes each: red, green, blue. */
export type Pixels = { width: number; height: number; rgb: Uint8Array };

/**
 * Reads a PNG as Chromium writes one: 8 bits a channel, not interlaced
 * (https://www.w3.org/TR/png-3). What is transparent shows on white.
 */
export function readPng(png: Buffer): Pixels {
  const width = png.readUInt32BE(16);
  const height = png.readUInt32BE(20);
  const kind = png.readUInt8(25);
  const channels = { 2: 3, 6: 4 }[kind];
  if (png.readUInt8(24) !== 8 || channels === undefined || png.readUInt8(28) !== 0) {
    throw new Error("The picture is no PNG of the kind that Chromium writes.");
  }
  const rows = unfiltered(inflateSync(dataOf(png)), { width, height, channels });
  const rgb = new Uint8Array(width * height * 3);
  for (let at = 0; at < width * height; at += 1) {
    const alpha = channels === 4 ? (rows[at * 4 + 3] ?? 0) / 255 : 1;
    for (let channel = 0; channel < 3; channel += 1) {
      const value = rows[at * channels + channel] ?? 0;
      rgb[at * 3 + channel] = Math.round(value * alpha + 255 * (1 - alpha));
    }
  }
  return { width, height, rgb };
}

function dataOf(png: Buffer): Buffer {
  const parts: Buffer[] = [];
  for (let at = 8; at < png.length;) {
    const length = png.readUInt32BE(at);
    const type = png.toString("latin1", at + 4, at + 8);
    if (type === "IDAT") parts.push(png.subarray(at + 8, at + 8 + length));
    at += length + 12;
  }
  return Buffer.concat(parts);
}

type Shape = { width: number; height: number; channels: number };

/** Each row says how it was written from its neighbours to the left and above. */
function unfiltered(data: Buffer, { width, height, channels }: Shape): Uint8Array {
  const length = width * channels;
  const rows = new Uint8Array(length * height);
  for (let row = 0; row < height; row += 1) {
    const filter = data[row * (length + 1)] ?? 0;
    for (let at = 0; at < length; at += 1) {
      const place = row * length + at;
      const left = at < channels ? 0 : (rows[place - channels] ?? 0);
      const above = row === 0 ? 0 : (rows[place - length] ?? 0);
      const corner = row === 0 || at < channels ? 0 : (rows[place - length - channels] ?? 0);
      const written = data[row * (length + 1) + 1 + at] ?? 0;
      rows[place] = written + guess(filter, left, above, corner);
    }
  }
  return rows;
}

function guess(filter: number, left: number, above: number, corner: number): number {
  switch (filter) {
    case 1:
      return left;
    case 2:
      return above;
    case 3:
      return Math.floor((left + above) / 2);
    case 4:
      return nearest(left + above - corner, left, above, corner);
    default:
      return 0;
  }
}

function nearest(aim: number, left: number, above: number, corner: number): number {
  const far = (value: number) => Math.abs(aim - value);
  if (far(left) <= far(above) && far(left) <= far(corner)) return left;
  return far(above) <= far(corner) ? above : corner;
}
