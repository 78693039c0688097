import { z } from "zod";
import type { Letter, Mark } from "./webhook.ts";

/** What goes wrong between a provider and the receiver. What is left out stays as it is. */
export const chaosChangeSchema = z.strictObject({
  /** Each webhook twice. */
  duplicate: z.boolean().exactOptional(),
  /** A step's webhooks backwards, and behind those of the next step. */
  reorder: z.boolean().exactOptional(),
  /** Seconds that each webhook is late. */
  delay: z.number().min(0).max(600).exactOptional(),
  /** Every n-th webhook is lost for good; 0 for none. */
  drop: z.number().int().min(0).max(1_000).exactOptional(),
  /** Webhooks are held back; turning it off sends them all at once. */
  burst: z.boolean().exactOptional(),
  /** Signs with the provider's next secret. */
  rotate: z.boolean().exactOptional(),
  /** Each webhook is sent a second time, as the vendor does where it got no answer. */
  retry: z.boolean().exactOptional(),
});

export type ChaosChange = z.output<typeof chaosChangeSchema>;
export type Chaos = Required<ChaosChange>;

export const calm: Chaos = {
  duplicate: false,
  reorder: false,
  delay: 0,
  drop: 0,
  burst: false,
  rotate: false,
  retry: false,
};

/** What a provider has not sent yet: `waiting` to be overtaken, `held` for a burst. `count` is of all so far. */
export type Line = { count: number; waiting: readonly Letter[]; held: readonly Letter[] };

export const emptyLine: Line = { count: 0, waiting: [], held: [] };

/** What leaves now, one by one or all at once, what is lost, and what then waits. */
export type Plan = { line: Line; send: Letter[]; atOnce: Letter[]; lost: Letter[] };

/** What becomes of the webhooks of a contract's next step. */
export function plan(line: Line, letters: readonly Letter[], chaos: Chaos): Plan {
  const isLost = (at: number) => chaos.drop > 0 && (line.count + at + 1) % chaos.drop === 0;
  const kept = letters.filter((_, at) => !isLost(at));
  const lost = letters.filter((_, at) => isLost(at));
  const { waiting, leaving } = chaos.reorder
    ? swap(line.waiting, kept)
    : { waiting: line.waiting, leaving: kept };
  const after = { ...line, count: line.count + letters.length, waiting };
  return { ...leave(after, leaving, chaos), lost };
}

/** What leaves because the chaos has changed: nothing waits for what is switched off. */
export function release(line: Line, chaos: Chaos): Plan {
  const atOnce = chaos.burst ? [] : [...line.held];
  const rest = { ...line, held: chaos.burst ? line.held : [] };
  return { ...(chaos.reorder ? still(rest) : giveUp(rest, line.waiting, chaos)), atOnce };
}

/** What leaves of these letters because no next step came to overtake them. */
export function giveUp(line: Line, letters: readonly Letter[], chaos: Chaos): Plan {
  const late = line.waiting.filter((letter) => letters.includes(letter));
  const waiting = line.waiting.filter((letter) => !letters.includes(letter));
  return leave({ ...line, waiting }, late, chaos);
}

function leave(line: Line, leaving: readonly Letter[], chaos: Chaos): Plan {
  const sent = leaving.flatMap((letter) => copies(letter, chaos));
  if (!chaos.burst) return { ...still(line), send: sent };
  const held = sent.map((letter) => marked(letter, "held back"));
  return still({ ...line, held: [...line.held, ...held] });
}

function still(line: Line): Plan {
  return { line, send: [], atOnce: [], lost: [] };
}

/** Every second step of a contract overtakes the one before it. */
function swap(
  waiting: readonly Letter[],
  letters: readonly Letter[],
): { waiting: readonly Letter[]; leaving: Letter[] } {
  const contractId = letters[0]?.contractId;
  const backwards = letters.map((letter) => marked(letter, "reordered")).toReversed();
  const before = waiting.filter((letter) => letter.contractId === contractId);
  if (before.length === 0) return { waiting: [...waiting, ...backwards], leaving: [] };
  const others = waiting.filter((letter) => letter.contractId !== contractId);
  return { waiting: others, leaving: [...backwards, ...before] };
}

function copies(letter: Letter, chaos: Chaos): Letter[] {
  const one = chaos.delay > 0 ? marked(letter, "delayed") : letter;
  return [
    one,
    ...(chaos.duplicate ? [marked(one, "duplicate")] : []),
    ...(chaos.retry ? [{ ...marked(one, "repeated"), attempt: one.attempt + 1 }] : []),
  ];
}

export function marked(letter: Letter, mark: Mark): Letter {
  return { ...letter, marks: [...letter.marks, mark] };
}
