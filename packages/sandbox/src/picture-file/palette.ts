import type { Pixels } from "./read-png.ts";

/** Colours as 0xrrggbb, at most 256, and for each pixel which of them it has. */
export type Palette = { colors: number[]; indices: Uint8Array };

const most = 256;

/** How many colours stay exactly what they are: those of areas, where a difference is seen. */
const exact = 32;

/**
 * The colours that are there most often; every other pixel, at the edge of a letter say, gets the one that is
 * nearest to its own. The rarer ones count on sixteen steps of each channel, which makes a far smaller file.
 */
export function paletteOf({ rgb }: Pick<Pixels, "rgb">): Palette {
  const pixels = colorsIn(rgb);
  const colors = commonest(pixels, exact);
  const areas = new Set(colors);
  const edges = pixels.filter((color) => !areas.has(color)).map(inSteps);
  const palette = [...new Set([...colors, ...commonest(edges, most)])].slice(0, most);
  const places = new Map(palette.map((color, place) => [color, place]));
  const placeOf = (color: number) => {
    const near = areas.has(color) ? color : inSteps(color);
    const place = places.get(near) ?? nearestOf(near, palette);
    places.set(near, place);
    return place;
  };
  return { colors: palette, indices: Uint8Array.from(pixels, placeOf) };
}

function colorsIn(rgb: Uint8Array): Uint32Array {
  const pixels = new Uint32Array(rgb.length / 3);
  for (let at = 0; at < pixels.length; at += 1) {
    const [red = 0, green = 0, blue = 0] = rgb.subarray(at * 3, at * 3 + 3);
    pixels[at] = (red << 16) | (green << 8) | blue;
  }
  return pixels;
}

/** The colours that are there most often, that one first; of equal ones the darker first. */
function commonest(pixels: Uint32Array, count: number): number[] {
  const counts = new Map<number, number>();
  for (const color of pixels) counts.set(color, (counts.get(color) ?? 0) + 1);
  const sorted = [...counts].toSorted(([a, many], [b, few]) => few - many || a - b);
  return sorted.slice(0, count).map(([color]) => color);
}

function inSteps(color: number): number {
  return (
    (nearStep(color >> 16) << 16) | (nearStep((color >> 8) & 255) << 8) | nearStep(color & 255)
  );
}

function nearStep(value: number): number {
  return Math.round(value / 17) * 17;
}

function nearestOf(color: number, colors: readonly number[]): number {
  let best = 0;
  let least = Infinity;
  for (const [place, other] of colors.entries()) {
    const distance =
      ((color >> 16) - (other >> 16)) ** 2 +
      (((color >> 8) & 255) - ((other >> 8) & 255)) ** 2 +
      ((color & 255) - (other & 255)) ** 2;
    if (distance < least) [best, least] = [place, distance];
  }
  return best;
}
