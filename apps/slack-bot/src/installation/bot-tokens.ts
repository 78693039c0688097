import { isAlive, isDue, type Installation } from "./installation.ts";
import type { Installations } from "./installations.ts";
import type { SlackOAuth } from "./slack-oauth.ts";

/** The token of each workspace, fresh for at least as long as a call takes. */
export type BotTokens = {
  /** Null where the app is not installed there. */
  tokenOf(id: string): Promise<string | null>;
  /** Another one, where this one was refused and there is another by now; else null. */
  insteadOf(id: string, refused: string): Promise<string | null>;
  /** What is known of the workspace is read anew the next time. */
  forget(id: string): void;
};

export type BotTokenPorts = {
  installations: Installations;
  oauth: SlackOAuth;
  now: () => Date;
  /**
   * Slack will give no next token: the last one still works until `endsAt`, then the app must be installed
   * again. Told once for each token, by whoever was refused.
   */
  onRefreshRefused: (told: { workspace: string; code: string; endsAt: string }) => void;
};

/** How long an installation is remembered, in milliseconds: another process may have changed it. */
const remembered = 30_000;

/** After an exchange that did not come about, the next is tried so much later, in milliseconds. */
const heldOff = 30_000;

type Known = { installation: Installation | null; readAt: number };

/**
 * A refresh token works once, so that over all processes one asks with it, and saves what it gets before
 * anybody uses it.
 */
export function openBotTokens(ports: BotTokenPorts): BotTokens {
  const { installations, now } = ports;
  const known = new Map<string, Known>();
  const renewals = new Map<string, Promise<Installation | null>>();
  /** When an exchange may be tried again that did not come about. */
  const nextTries = new Map<string, number>();
  /** Refresh tokens that Slack has refused, and which nobody need present again. */
  const spent = new Map<string, string>();

  function remember(id: string, installation: Installation | null): Installation | null {
    known.set(id, { installation, readAt: now().getTime() });
    return installation;
  }

  async function read(id: string): Promise<Installation | null> {
    const found = known.get(id);
    const age = now().getTime() - (found?.readAt ?? 0);
    if (found !== undefined && age >= 0 && age < remembered) return found.installation;
    try {
      return remember(id, await installations.read(id));
    } catch (error) {
      // While the database is away, what was read last serves.
      if (found?.installation) return found.installation;
      throw error;
    }
  }

  const isSpent = (id: string, { rotation }: Installation) =>
    rotation !== null && spent.get(id) === rotation.refreshToken;

  /** Under the lock: whoever comes second finds what the first one saved. */
  async function renew(id: string): Promise<Installation | null> {
    const stored = await installations.read(id);
    if (stored === null || stored.rotation === null || !isDue(stored, now())) return stored;
    if (isSpent(id, stored)) return stored;
    const { refreshToken, endsAt } = stored.rotation;
    const exchanged = await ports.oauth.refresh(stored, refreshToken);
    if (exchanged.kind === "granted") {
      await installations.save(exchanged.installation);
      return exchanged.installation;
    }
    if (exchanged.kind === "away") nextTries.set(id, now().getTime() + heldOff);
    if (exchanged.kind === "refused") {
      spent.set(id, refreshToken);
      ports.onRefreshRefused({ workspace: id, code: exchanged.code, endsAt });
    }
    return stored;
  }

  async function renewTogether(id: string): Promise<Installation | null> {
    const underWay = renewals.get(id);
    if (underWay !== undefined) return underWay;
    const renewal = installations.alone(id, () => renew(id));
    renewals.set(id, renewal);
    try {
      return remember(id, await renewal);
    } finally {
      renewals.delete(id);
    }
  }

  async function fresh(id: string): Promise<Installation | null> {
    const installation = await read(id);
    if (installation === null || !isDue(installation, now())) return installation;
    const isHeldOff = (nextTries.get(id) ?? 0) > now().getTime();
    if (isHeldOff && isAlive(installation, now())) return installation;
    if (!isSpent(id, installation)) return renewTogether(id);
    // Somebody may have installed it again meanwhile, in another process.
    return isAlive(installation, now()) ? installation : remember(id, await installations.read(id));
  }

  return {
    tokenOf: async (id) => (await fresh(id))?.botToken ?? null,
    async insteadOf(id, refused) {
      known.delete(id);
      const token = (await fresh(id))?.botToken ?? null;
      return token === refused ? null : token;
    },
    forget: (id) => void known.delete(id),
  };
}
