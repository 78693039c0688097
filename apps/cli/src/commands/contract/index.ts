import {
  findContracts,
  readContract,
  readEffects,
  readEvents,
  readEvidence,
  readLinks,
  type Reader,
} from "@countersign/store";
import type { Answer, Arguments, Command } from "../command.ts";
import { printContract } from "./print-contract.ts";

export const contract: Command = {
  name: "contract",
  usage: ["<source>/<provider's contract id> [--json]"],
  summary: "What a contract is now, what happened to it, and what was made of it outside",
  run,
};

async function run(reader: Reader, { words, json }: Arguments): Promise<Answer> {
  const [id, ...rest] = words;
  if (id === undefined || rest.length > 0) {
    return { exitCode: 2, text: `Name one contract: countersign contract ${contract.usage[0]}` };
  }
  const stored = await readContract(reader.database, id);
  if (stored === null) return { exitCode: 1, text: await notFound(reader, id) };
  const [deliveries, events, links, effects] = await Promise.all([
    readEvidence(reader, id),
    readEvents(reader.database, id),
    readLinks(reader, id),
    readEffects(reader, id),
  ]);
  const { version, changedAt } = stored;
  const whole = { ...stored.contract, version, changedAt, deliveries, events, links, effects };
  return { exitCode: 0, text: json ? JSON.stringify(whole, null, 2) : printContract(whole) };
}

async function notFound(reader: Reader, id: string): Promise<string> {
  const near = await findContracts(reader.database, id.split("/").at(-1) ?? id, 3);
  const hint = near.map(({ contract: { id: other, title } }) =>
    `  ${other}  ${title ?? ""}`.trimEnd(),
  );
  const told = `No contract ${id}. An id is <source>/<provider's id>, such as docusign/4b1c….`;
  return hint.length > 0 ? [told, "Did you mean:", ...hint].join("\n") : told;
}
