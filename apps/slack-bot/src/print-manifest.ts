import { commands } from "./commands/index.ts";
import { createManifest } from "./manifest.ts";

/** Prints the Slack app manifest: `npm run manifest -w @countersign/slack-bot -- https://<your host>`, or without an address for Socket Mode. */
const [address = null] = process.argv.slice(2);
process.stdout.write(`${JSON.stringify(createManifest(commands, address), null, 2)}\n`);
