/** What we call of Slack's Web API; each has a limit of its own. */
export type Method =
  | "chat.postMessage"
  | "chat.update"
  | "conversations.history"
  | "conversations.replies";

/** A call that somebody wants to make. */
export type Wish = {
  method: Method;
  /** The calls of this method that the contract still needs, this one included. */
  calls: number;
  /** Whether its contract was called for before in this look: then it may wait longer to be finished. */
  begun: boolean;
};

/** To be made after so many milliseconds, or not now: to be asked for again after so many seconds. */
type Place = { may: "call"; inMs: number } | { may: "wait"; inSeconds: number };

type Limit = {
  perSecond: number;
  /** How many may be made at once after a rest. */
  burst: number;
  /** Whether each channel has the limit to itself, or all of the workspace share it. */
  per: "channel" | "workspace";
};

export type Limits = Readonly<Record<Method, Limit>>;

/** Spreads calls over time. `now` is in milliseconds, of any clock that only goes forward. */
export type Pace = {
  /**
   * Books the call, or names a time to come back. That time is booked for nobody, but it is later for each
   * who is sent away, so that a crowd comes back one by one.
   */
  ask(channel: string, wish: Wish, now: number): Place;
  /** Slack will take no such call for this channel for so many seconds. */
  block(channel: string, method: Method, seconds: number, now: number): void;
  /** Where Slack takes no such call now: when to come back, in seconds. Else null. */
  blockedFor(channel: string, wish: Wish, now: number): number | null;
  /** By channel and method, how many seconds from now the last of those who wait is to come. */
  backlog(now: number): Backlog[];
};

/** `channel` is empty where all channels share the line. */
export type Backlog = { channel: string; method: Method; seconds: number };

/** How long a call may be waited for on the spot, in milliseconds; who would wait longer is sent away. */
const patience = { begun: 30_000, fresh: 5_000 };

/** The times at which those come back who were sent away. */
type Line = { channel: string; method: Method; end: number };

/** `full`: when the calls booked so far are made, were they made one by one. */
type Lane = { line: Line; full: number };

type Block = { line: Line; until: number };

/** A token bucket for each limit (as GCRA: https://en.wikipedia.org/wiki/Generic_cell_rate_algorithm). */
export function createPace(limits: Limits): Pace {
  const lanes = new Map<string, Lane>();
  const blocks = new Map<string, Block>();
  const stepOf = (method: Method) => 1_000 / limits[method].perSecond;

  function laneOf(channel: string, method: Method): Lane {
    const name = limits[method].per === "channel" ? channel : "";
    const key = `${method} ${name}`;
    const lane = lanes.get(key) ?? { line: { channel: name, method, end: 0 }, full: 0 };
    lanes.set(key, lane);
    return lane;
  }

  function blockedFor(channel: string, { method, calls }: Wish, now: number): number | null {
    const block = blocks.get(`${method} ${channel}`);
    if (block === undefined || block.until <= now) return null;
    return joinLine(block.line, block.until, calls * stepOf(method), now);
  }

  /** A channel with a limit to itself goes on at the plain rate, without a burst; else others need not wait. */
  function lineBehind(channel: string, method: Method, until: number): Line {
    if (limits[method].per === "workspace") return { channel, method, end: 0 };
    const lane = laneOf(channel, method);
    lane.full = Math.max(lane.full, until + (limits[method].burst - 1) * stepOf(method));
    return lane.line;
  }

  return {
    blockedFor,
    ask(channel, wish, now) {
      const { method, calls, begun } = wish;
      const blocked = blockedFor(channel, wish, now);
      if (blocked !== null) return { may: "wait", inSeconds: blocked };
      const step = stepOf(method);
      const lane = laneOf(channel, method);
      const inMs = Math.max(0, lane.full - (limits[method].burst - 1) * step - now);
      if (inMs > (begun ? patience.begun : patience.fresh)) {
        return { may: "wait", inSeconds: joinLine(lane.line, now + inMs, calls * step, now) };
      }
      lane.full = Math.max(lane.full, now) + step;
      return { may: "call", inMs };
    },
    block(channel, method, seconds, now) {
      const key = `${method} ${channel}`;
      const until = Math.max(now + seconds * 1_000, blocks.get(key)?.until ?? 0);
      const line = lineBehind(channel, method, until);
      blocks.set(key, { line: blocks.get(key)?.line ?? line, until });
    },
    backlog(now) {
      const held = [...lanes.values(), ...blocks.values()].map(({ line }) => line);
      return [...new Set(held)].map(({ channel, method, end }) => {
        return { channel, method, seconds: Math.max(0, end - now) / 1_000 };
      });
    },
  };
}

/** Takes the last place in the line, `from` at the soonest, and says how many seconds away it is. */
function joinLine(line: Line, from: number, length: number, now: number): number {
  const place = Math.max(line.end, from);
  line.end = place + length;
  return Math.max(1, Math.ceil((place - now) / 1_000));
}

/**
 * Slack's published limits (https://docs.slack.dev/apis/web-api/rate-limits, May 2026): about one message a
 * second and channel with short bursts; tier 3, fifty a minute and workspace, for the others.
 * `messagesPerSecond` raises or lowers them together.
 */
export function slackLimits(messagesPerSecond: number): Limits {
  const post = limit(messagesPerSecond, 4, "channel");
  const tier3 = limit((messagesPerSecond * 50) / 60, 10, "workspace");
  return {
    "chat.postMessage": post,
    "chat.update": tier3,
    "conversations.history": tier3,
    "conversations.replies": tier3,
  };
}

function limit(perSecond: number, burst: number, per: Limit["per"]): Limit {
  return { perSecond, burst: Math.max(burst, Math.floor(perSecond)), per };
}
