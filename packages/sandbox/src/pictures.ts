import { createServer } from "node:http";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import express from "express";
import { createFontsRouter } from "./fonts.ts";
import { close, listen } from "./listening.ts";
import { smaller } from "./picture-file/smaller.ts";
import { namesOf } from "./slack/conversations.ts";
import { named } from "./slack/named.ts";
import { partsOf, type Part } from "./slack/part.ts";
import { northgate } from "./slack/teams.ts";
import { openBrowser } from "./testing/browser.ts";

/** What a picture shows: a message with its thread, or a view (a modal or a home tab), as the bot sends it. */
export type Picture = {
  /** The file's name without its ending. */
  name: string;
  blocks?: readonly Part[];
  text?: string;
  /** When it was posted, ISO 8601. Default the time of the picture. */
  at?: string;
  replies?: readonly { text?: string; blocks?: readonly Part[]; at?: string }[];
  view?: Part;
  /** Shown as what only one person sees. */
  ephemeral?: boolean;
  /** People's names by Slack id, for mentions. Default those of the first workspace. */
  people?: Record<string, string>;
};

export type PictureOptions = {
  folder: string;
  /** What time it is in the pictures, so that these stay the same. */
  now: Date;
  /** The reader's time zone. Default New York. */
  zone?: string;
};

const pageFolder = fileURLToPath(new URL("page/", import.meta.url));

/** Draws each with the sandbox page's own renderer and saves it as `<folder>/<name>.png`. Answers the paths. */
export async function renderPictures(
  pictures: readonly Picture[],
  { folder, now, zone = "America/New_York" }: PictureOptions,
): Promise<string[]> {
  await mkdir(folder, { recursive: true });
  const app = express();
  app.use("/page", express.static(pageFolder));
  app.use("/fonts", createFontsRouter());
  const server = createServer(app);
  const port = await listen(server, 0);
  const browser = await openBrowser();
  try {
    const page = await browser.newPage({
      viewport: { width: 700, height: 400 },
      deviceScaleFactor: 1.5,
      colorScheme: "light",
    });
    await page.clock.setFixedTime(now);
    await page.goto(`http://127.0.0.1:${port}/page/picture.html`);
    await page.waitForFunction("typeof window.draw === 'function'");
    const paths: string[] = [];
    for (const picture of pictures) {
      await page.evaluate(
        `window.draw(${JSON.stringify(withIds(picture))}, ${JSON.stringify(zone)})`,
      );
      const path = join(folder, `${picture.name}.png`);
      const shot = await page.locator("#picture").screenshot({ animations: "disabled" });
      await writeFile(path, smaller(shot));
      paths.push(path);
    }
    return paths;
  } finally {
    await browser.close();
    await close(server);
  }
}

function withIds(picture: Picture): Picture {
  const { blocks, replies, view } = picture;
  return {
    people: namesOf(northgate),
    ...picture,
    ...(blocks === undefined ? {} : { blocks: named(blocks) }),
    ...(replies === undefined
      ? {}
      : { replies: replies.map((one) => ({ ...one, blocks: named(one.blocks ?? []) })) }),
    ...(view === undefined ? {} : { view: { ...view, blocks: named(partsOf(view["blocks"])) } }),
  };
}
