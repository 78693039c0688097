import { paletteOf } from "./palette.ts";
import { readPng } from "./read-png.ts";
import { writePng } from "./write-png.ts";

/** A screenshot of text with few colours, in a file of a quarter of the size; what is told apart stays so. */
export function smaller(screenshot: Buffer): Buffer {
  const pixels = readPng(screenshot);
  return writePng(pixels, paletteOf(pixels));
}
