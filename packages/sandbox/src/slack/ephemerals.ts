import type { Part } from "./part.ts";

/** A message that one person sees in a channel, and nobody else. */
export type Ephemeral = {
  ts: string;
  channel: string;
  user: string;
  threadTs: string | null;
  text: string;
  blocks: Part[];
};

export type Ephemerals = {
  add: (ephemeral: Omit<Ephemeral, "ts">) => Ephemeral;
  replace: (ts: string, content: Pick<Ephemeral, "text" | "blocks">) => void;
  remove: (ts: string) => void;
  find: (user: string, ts: string) => Ephemeral | undefined;
  /** Oldest first. */
  all: () => readonly Ephemeral[];
  clear: () => void;
};

/** Keeps the latest hundred; Slack forgets them with the client. */
export function createEphemerals(nextTs: () => string): Ephemerals {
  let kept: Ephemeral[] = [];
  return {
    add(ephemeral) {
      const added = { ts: nextTs(), ...ephemeral };
      kept = [...kept, added].slice(-100);
      return added;
    },
    replace(ts, content) {
      kept = kept.map((one) => (one.ts === ts ? { ...one, ...content } : one));
    },
    remove(ts) {
      kept = kept.filter((one) => one.ts !== ts);
    },
    find: (user, ts) => kept.find((one) => one.user === user && one.ts === ts),
    all: () => kept,
    clear: () => void (kept = []),
  };
}
