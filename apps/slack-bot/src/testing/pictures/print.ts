import { now } from "./contracts.ts";
import { pictures } from "./pictures.ts";

/** Prints what the pictures of docs/slack.md show, and when, as JSON: whoever draws them needs nothing of ours. */
const all = { now: now.toISOString(), pictures: pictures() };
process.stdout.write(`${JSON.stringify(all)}\n`);
