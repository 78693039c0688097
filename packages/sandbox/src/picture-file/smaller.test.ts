import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openBrowser } from "../testing/browser.ts";
import { smaller } from "./smaller.ts";

let browser: Browser;
let page: Page;
beforeAll(async () => {
  browser = await openBrowser();
  page = await browser.newPage({ viewport: { width: 120, height: 60 } });
}, 60_000);
afterAll(() => browser.close());

/** What a browser makes of a PNG: its size, and each pixel's red, green, blue and opacity. */
async function seen(png: Buffer): Promise<{ width: number; height: number; pixels: number[] }> {
  const read = `(async () => {
    const image = new Image();
    image.src = "data:image/png;base64,${png.toString("base64")}";
    await image.decode();
    const { width, height } = image;
    const context = Object.assign(document.createElement("canvas"), { width, height }).getContext("2d");
    context.drawImage(image, 0, 0);
    return { width, height, pixels: [...context.getImageData(0, 0, width, height).data] };
  })()`;
  return page.evaluate(read);
}

test.each([
  ["text and colours", false],
  ["what shows the page through", true],
])("a screenshot stays what it is: %s", async (_, omitBackground) => {
  const ramp = "linear-gradient(90deg, rgb(0 0 0), rgb(255 255 255))";
  await page.setContent(`<div style="height:20px;background:${ramp}"></div>
    <p style="margin:0;color:rgb(163 42 34)">Declined <b>Lease</b> <a href="#">open</a></p>`);
  const shot = await page.screenshot({ omitBackground });
  const small = smaller(shot);
  expect(small.length).toBeLessThan(shot.length);
  const [before, after] = [await seen(shot), await seen(small)];
  expect([after.width, after.height]).toEqual([120, 60]);
  expect(farthest(before.pixels, after.pixels)).toBeLessThanOrEqual(20);
});

/** The greatest difference of any channel, of what stands on white. */
function farthest(before: readonly number[], after: readonly number[]): number {
  const differences = after.map((value, at) => {
    const opacity = (before[at - (at % 4) + 3] ?? 0) / 255;
    const expected = at % 4 === 3 ? 255 : (before[at] ?? 0) * opacity + 255 * (1 - opacity);
    return Math.abs(value - expected);
  });
  return Math.max(...differences);
}

test("the colour of an area stays exactly what it is", async () => {
  await page.setContent(`<body style="background:rgb(247 246 243)"><b>Only visible to you</b>`);
  const { pixels } = await seen(smaller(await page.screenshot()));
  expect(pixels.slice(0, 3)).toEqual([247, 246, 243]);
});

test("the same screenshot is the same file", async () => {
  await page.setContent("<p>Countersign</p>");
  const shot = await page.screenshot();
  expect(smaller(shot).equals(smaller(shot))).toBe(true);
});

test("what is no such PNG is refused", () => {
  expect(() => smaller(Buffer.alloc(64))).toThrow("no PNG");
});
