import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { readSettings } from "@countersign/service";
import { commands } from "./commands/index.ts";
import { events } from "./events/index.ts";
import { createManifest } from "./manifest.ts";
import { shortcuts } from "./shortcuts/index.ts";
import { unfurlDomains } from "./unfurls/domains.ts";
import { manifestWords } from "./words/manifest-words.ts";

/**
 * Prints the Slack app manifest: `npm run manifest -w @countersign/slack-bot -- https://<your host> [--oauth]`, or
 * without an address for Socket Mode. Reads from countersign.yaml whose links are to be shown.
 */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { oauth: { type: "boolean", default: false } },
});
const [address = null] = positionals;

/** Where npm was called, which runs this in the app's own folder. */
const folder = process.env["INIT_CWD"] ?? ".";
const file = resolve(folder, process.env["COUNTERSIGN_CONFIG"] ?? "countersign.yaml");
const { sources = [], hubspot, salesforce } = readSettings(file, [], {});
const crms = Object.entries({ hubspot, salesforce }).flatMap(([crm, settings]) =>
  settings === undefined ? [] : [crm],
);
const { domains, leftOut } = unfurlDomains(sources, crms);
if (leftOut.length > 0) process.stderr.write(`${manifestWords.leftOut(leftOut)}\n`);

if (values.oauth && address === null) {
  process.stderr.write(`${manifestWords.noAddress}\n`);
  process.exitCode = 1;
} else {
  const manifest = createManifest({
    commands,
    shortcuts,
    events,
    unfurlDomains: domains,
    address,
    isInstalledByOAuth: values.oauth,
  });
  process.stdout.write(`${JSON.stringify(manifest, null, 2)}\n`);
}
