import { z } from "zod";
import { Place } from "./place.ts";

const Part = z.enum(["card", "reply", "message", "digest", "summary", "nudge"]);
export type RehearsedPart = z.infer<typeof Part>;

const About = z.object({
  contractId: z.string(),
  title: z.string().nullable(),
  place: Place,
});

/** Something that is said by one countersign.yaml and not by the other. */
const RehearsedPost = About.extend({
  /** The contract's version at the rehearsal. */
  version: z.number(),
  part: Part,
  /** The events that it tells of; none for a card. */
  covers: z.array(z.string()),
  /** ISO 8601 UTC: when what it tells of happened. */
  at: z.string(),
  text: z.string(),
  /** Nothing would post it now: it was summed up, muted or put into a digest, or it is somebody's to be sent in time. */
  settled: z.boolean(),
});
export type RehearsedPost = z.infer<typeof RehearsedPost>;

/** Something that is said by both, and not alike. */
const RehearsedChange = About.extend({
  version: z.number(),
  /** How it is said by the present file, and by the changed one. */
  before: Part,
  after: Part,
  text: z.string(),
  /** What only the present file's message shows, and what only the changed one's does. */
  lost: z.array(z.string()),
  gained: z.array(z.string()),
  /** A card that stands in Slack, so that it would be edited. */
  stands: z.boolean(),
});
export type RehearsedChange = z.infer<typeof RehearsedChange>;

/** A digest that only one of the files sends, or sends of other contracts. */
const RehearsedDigest = z.object({ place: Place, message: z.string() });
export type RehearsedDigest = z.infer<typeof RehearsedDigest>;

/** What a changed countersign.yaml would say differently in Slack, from stored history. */
export const SlackRehearsal = z.object({
  /** Of the rules that were rehearsed; only those may be applied. Null: the file has none for Slack. */
  digest: z.string().nullable(),
  contracts: z.number(),
  posts: z.array(RehearsedPost),
  /** What the present countersign.yaml says, and the changed one would not. */
  without: z.array(RehearsedPost),
  changed: z.array(RehearsedChange),
  digests: z.array(RehearsedDigest),
});
export type SlackRehearsal = z.infer<typeof SlackRehearsal>;

/** Slack's part of the file that apply takes; null where neither countersign.yaml has a section for it. */
export const Rehearsal = z.object({
  format: z.literal(1),
  config: z.string(),
  since: z.string(),
  slack: SlackRehearsal.nullable(),
});
export type Rehearsal = z.infer<typeof Rehearsal>;

export function differs({ posts, without, changed, digests }: SlackRehearsal): boolean {
  return posts.length + without.length + changed.length + digests.length > 0;
}
