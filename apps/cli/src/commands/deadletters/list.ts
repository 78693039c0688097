import {
  countDeadLetters,
  readDeadLetters,
  type DeadLetter,
  type Reader,
} from "@countersign/store";
import { z } from "zod";
import type { Answer, Arguments } from "../command.ts";
import { count, readOptions } from "../read-options.ts";
import { noSuchDestination, type Counts } from "./counts.ts";

const Options = z.object({
  destination: z.string().optional(),
  contract: z.string().optional(),
  limit: count(10_000).default(100),
});

/** How many each destination was given up on, and the latest of them. */
export async function list(reader: Reader, { options, json }: Arguments): Promise<Answer> {
  const read = readOptions(Options, options);
  if (read.is === "answer") return read.answer;
  const { destination, contract, limit } = read.options;
  const counts = await countDeadLetters(reader);
  const unknown = noSuchDestination(counts, destination);
  if (unknown !== null) return unknown;
  const deadLetters = await readDeadLetters(reader, {
    limit,
    ...(destination !== undefined && { destination }),
    ...(contract !== undefined && { contractId: contract }),
  });
  const text = json ? JSON.stringify({ counts, deadLetters }, null, 2) : print(counts, deadLetters);
  return { exitCode: 0, text };
}

function print(counts: Counts, deadLetters: DeadLetter[]): string {
  const waiting = counts.filter((one) => one.waiting > 0);
  if (waiting.length === 0) return "There are no dead letters.";
  return [
    ...waiting.map((one) => `${one.destination}: ${one.waiting}`),
    "",
    ...(deadLetters.length === 0 ? ["None of them is what you asked for."] : []),
    ...deadLetters.map(line),
  ].join("\n");
}

function line({ destination, contractId, givenUpAt, tries, failure }: DeadLetter): string {
  const why = failure === null ? "unknown" : [failure.name, failure.code].filter(Boolean).join(" ");
  return `${givenUpAt}  ${destination.padEnd(10)}  ${contractId}  ${tries} ${tries === 1 ? "try" : "tries"}  ${why}`;
}
