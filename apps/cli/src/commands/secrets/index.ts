import { readSecretUse, type Reader } from "@countersign/store";
import type { Answer, Arguments, Command } from "../command.ts";
import { judgeSecrets, type JudgedSecret } from "./judge-secrets.ts";

export const secrets: Command = {
  name: "secrets",
  usage: ["[--json]"],
  summary: "When each source's secrets last proved a delivery, and which may be dropped",
  run,
};

async function run(reader: Reader, { words, json, now }: Arguments): Promise<Answer> {
  if (words.length > 0) {
    return { exitCode: 2, text: `Usage: countersign secrets ${secrets.usage[0]}` };
  }
  const judged = judgeSecrets(await readSecretUse(reader), now());
  if (json) return { exitCode: 0, text: JSON.stringify(judged, null, 2) };
  if (judged.length === 0) return { exitCode: 0, text: "No secret has proved a delivery yet." };
  return { exitCode: 0, text: judged.map(line).join("\n") };
}

function line(secret: JudgedSecret): string {
  const place = `secret ${secret.secretIndex + 1}`;
  const used = `last used ${secret.lastUsedAt}`;
  const drop = secret.safeToDrop ? ["safe to drop"] : [];
  return [secret.source.padEnd(18), place, secret.fingerprint, used, ...drop].join("  ");
}
