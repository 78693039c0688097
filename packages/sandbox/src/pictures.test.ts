import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { renderPictures } from "./pictures.ts";
import { actions, plain, view } from "./testing/slack-blocks.ts";

test("pictures are drawn by the page's own renderer", async () => {
  const folder = await mkdtemp(join(tmpdir(), "countersign-pictures-"));
  const home = { type: "home", blocks: [{ type: "header", text: plain("Mine") }, actions] };
  const paths = await renderPictures(
    [
      { name: "card", text: "Sent", blocks: [actions], replies: [{ text: "Signed" }] },
      { name: "home", view: home },
      { name: "modal", view },
    ],
    { folder, now: new Date("2026-11-23T10:00:00Z") },
  );
  expect(paths.map((path) => path.slice(folder.length))).toEqual([
    "/card.png",
    "/home.png",
    "/modal.png",
  ]);
  for (const path of paths) {
    expect((await readFile(path)).subarray(1, 4).toString()).toBe("PNG");
  }
  await rm(folder, { recursive: true });
});
