import { setTimeout as sleep } from "node:timers/promises";
import { nextSecretOf, secretOf } from "../credentials.ts";
import { calm, emptyLine, giveUp, plan, release } from "./chaos.ts";
import type { Chaos, ChaosChange, Line, Plan } from "./chaos.ts";
import { createCourier } from "./courier.ts";
import type { Letter, Webhook } from "./webhook.ts";

/** A provider's chaos as it is now. `held` counts what has not left yet, `secret` is what it signs with. */
export type ChaosView = Chaos & { held: number; secret: string };

export type Mailroom = {
  /** Takes the webhooks of one step. What becomes of them is up to the provider's chaos. */
  post: (letters: readonly Letter[]) => void;
  /** Sends these at the same moment, whatever the chaos. */
  repeat: (letters: readonly Letter[]) => void;
  chaosOf: (providerId: string) => ChaosView;
  change: (providerId: string, change: ChaosChange) => ChaosView;
  /** Newest first. */
  webhooks: () => Webhook[];
  /** Calm again, with nothing on its way. */
  reset: () => void;
  [Symbol.dispose](): void;
};

type Room = { chaos: Chaos; line: Line; delayed: number };

/**
 * Where every provider's webhooks leave; a contract's leave one after the other. `overtakeMs`: how long a
 * step's webhooks wait, where they are to be out of order, for those of the next step.
 */
export function openMailroom(options: {
  receiverUrl: string;
  now: () => Date;
  onWebhooks: () => void;
  onChaos: () => void;
  delays?: readonly number[];
  overtakeMs?: number;
}): Mailroom {
  const { onWebhooks, onChaos, overtakeMs = 5_000, ...rest } = options;
  const rooms = new Map<string, Room>();
  const queues = new Map<string, Promise<void>>();
  const courier = createCourier({ ...rest, onChange: onWebhooks, secretOf: signsWith });
  let stopped = new AbortController();

  function roomOf(providerId: string): Room {
    const room = rooms.get(providerId) ?? { chaos: calm, line: emptyLine, delayed: 0 };
    rooms.set(providerId, room);
    return room;
  }

  function signsWith(providerId: string): string {
    return roomOf(providerId).chaos.rotate ? nextSecretOf(providerId) : secretOf(providerId);
  }

  function queue(id: string, work: () => Promise<void>): void {
    queues.set(id, (queues.get(id) ?? Promise.resolve()).then(work));
  }

  function carry(room: Room, { line, send, atOnce, lost }: Plan): void {
    room.line = line;
    courier.lose(lost);
    if (atOnce.length > 0) void courier.sendAtOnce(atOnce);
    const [first] = send;
    if (first !== undefined) sendLate(room, first.contractId, send);
    onChaos();
  }

  function sendLate(room: Room, contractId: string, letters: readonly Letter[]): void {
    const { signal } = stopped;
    const late = room.chaos.delay > 0 ? wait(room.chaos.delay * 1_000, signal) : null;
    room.delayed += late === null ? 0 : letters.length;
    queue(contractId, async () => {
      await late;
      if (late !== null) room.delayed -= letters.length;
      onChaos();
      if (!signal.aborted) await courier.send(letters);
    });
  }

  /** What no next step has overtaken by then leaves on its own. */
  async function leaveInTime(room: Room, letters: readonly Letter[]): Promise<void> {
    const { signal } = stopped;
    await wait(overtakeMs, signal);
    if (!signal.aborted) carry(room, giveUp(room.line, letters, room.chaos));
  }

  function chaosOf(providerId: string): ChaosView {
    const { chaos, line, delayed } = roomOf(providerId);
    const held = line.waiting.length + line.held.length + delayed;
    return { ...chaos, held, secret: signsWith(providerId) };
  }

  return {
    chaosOf,
    post(letters) {
      const [first] = letters;
      if (first === undefined) return;
      const room = roomOf(first.providerId);
      const before = room.line.waiting;
      carry(room, plan(room.line, letters, room.chaos));
      const waiting = room.line.waiting.filter((letter) => !before.includes(letter));
      if (waiting.length > 0) void leaveInTime(room, waiting);
    },
    repeat(letters) {
      const [first] = letters;
      if (first !== undefined) queue(first.contractId, () => courier.sendAtOnce(letters));
    },
    change(providerId, change) {
      const room = roomOf(providerId);
      room.chaos = { ...room.chaos, ...change };
      carry(room, release(room.line, room.chaos));
      return chaosOf(providerId);
    },
    webhooks: courier.webhooks,
    reset() {
      stopped.abort();
      stopped = new AbortController();
      rooms.clear();
      queues.clear();
      courier.reset();
      onChaos();
    },
    [Symbol.dispose]() {
      stopped.abort();
      courier[Symbol.dispose]();
    },
  };
}

/** Ends early, without an error, where `signal` says so. */
async function wait(ms: number, signal: AbortSignal): Promise<void> {
  await sleep(ms, undefined, { signal }).catch(() => undefined);
}
