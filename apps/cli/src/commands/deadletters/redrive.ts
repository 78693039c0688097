import { setTimeout as sleep } from "node:timers/promises";
import {
  countDeadLetters,
  previewRedrive,
  redriveDeadLetters,
  type DeadLetterFilter,
  type Reader,
} from "@countersign/store";
import { z } from "zod";
import type { Answer, Arguments } from "../command.ts";
import { count, readOptions } from "../read-options.ts";
import { noSuchDestination } from "./counts.ts";

const Options = z.object({
  destination: z.string({ error: "must name a destination, such as hubspot" }),
  contract: z.string().optional(),
  rate: count(10_000).default(10),
  limit: count(100_000).default(1_000),
  yes: z.boolean().default(false),
});

/** Says how many dead letters would go back to their destination's queue; with `--yes`, puts them back. */
export async function redrive(reader: Reader, { options, json, tell }: Arguments): Promise<Answer> {
  const read = readOptions(Options, options);
  if (read.is === "answer") return read.answer;
  const { destination, contract, rate, limit, yes } = read.options;
  const counts = await countDeadLetters(reader);
  const unknown = noSuchDestination(counts, destination);
  if (unknown !== null) return unknown;

  const filter: DeadLetterFilter = {
    destination,
    ...(contract !== undefined && { contractId: contract }),
  };
  const waits = counts.some((one) => one.destination === destination && one.waiting > 0);
  const matching = waits ? await previewRedrive(reader, filter, limit) : 0;
  const moved = yes && matching > 0 ? await move(reader, filter, { rate, limit, tell }) : 0;
  if (json) return { exitCode: 0, text: JSON.stringify({ destination, matching, moved }) };
  return { exitCode: 0, text: sentence({ destination, matching, moved, rate, yes }) };
}

function move(
  reader: Reader,
  filter: DeadLetterFilter,
  { rate, limit, tell }: { rate: number; limit: number; tell: Arguments["tell"] },
): Promise<number> {
  return redriveDeadLetters(reader, filter, {
    atMost: limit,
    perSecond: rate,
    onMoved: (moved) => tell(`${moved} moved`),
    sleep,
  });
}

function sentence(done: {
  destination: string;
  matching: number;
  moved: number;
  rate: number;
  yes: boolean;
}): string {
  const { destination, matching, moved, rate, yes } = done;
  if (matching === 0) return `Nothing of ${destination} is to be redriven.`;
  if (yes) return `${moved} went back to the queue of ${destination}.`;
  const seconds = Math.ceil(matching / rate);
  return `${matching} would go back to the queue of ${destination}, ${rate} a second: about ${seconds} s. Add --yes to do it.`;
}
