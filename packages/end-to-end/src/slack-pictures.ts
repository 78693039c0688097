import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { renderPictures, type Picture } from "@countersign/sandbox/pictures";
import { root } from "./stack.ts";

/**
 * Takes the pictures of docs/slack.md anew: `npm run pictures`. The bot says what they show, in a process of
 * its own, and the sandbox draws it.
 */
const script = join(root, "apps/slack-bot/src/testing/pictures/print.ts");
const { stdout } = await promisify(execFile)(process.execPath, [script], { maxBuffer: 10_000_000 });
const { now, pictures }: { now: string; pictures: Picture[] } = JSON.parse(stdout);
const folder = join(root, "docs/slack");
const paths = await renderPictures(pictures, { folder, now: new Date(now) });
process.stdout.write(`${paths.length} pictures in ${folder}\n`);
