import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** The path of a countersign.yaml that says this. */
export function configFile(text: string): string {
  const file = join(mkdtempSync(join(tmpdir(), "slack-bot-")), "countersign.yaml");
  writeFileSync(file, text);
  return file;
}
