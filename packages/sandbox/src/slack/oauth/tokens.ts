import { botToken } from "../../credentials.ts";
import { northgate, type Enterprise, type Team } from "../teams.ts";

/** What a person has allowed our app in a workspace. */
export type Grant = {
  team: Team;
  /** The organization that the app was installed for as a whole; null for the one workspace. */
  enterprise: Enterprise | null;
  installer: string;
  scope: string;
  rotates: boolean;
};

type Issued = Grant & {
  expiresAt: number | null;
  ended: "token_revoked" | "account_inactive" | null;
};

export type TokenPair = {
  access_token: string;
  refresh_token?: string;
  /** Seconds. */
  expires_in?: number;
};

/** What the token of the settings was given: as much as the app's manifest asks for. */
const firstScopes = [
  "channels:history",
  "channels:read",
  "chat:write",
  "commands",
  "groups:history",
  "groups:read",
  "im:history",
  "im:write",
  "links:read",
  "links:write",
  "users:read",
  "users:read.email",
];

/** https://docs.slack.dev/authentication/using-token-rotation: twelve hours. */
const lifetimeSeconds = 43_200;

/** Every token that our app was given: the one of the settings, and those that OAuth has issued. */
export function createTokens(ports: { now: () => Date; newId: () => string }) {
  const issued = new Map<string, Issued>();
  const refreshes = new Map<string, Grant>();
  let first: Issued["ended"] = null;

  function issue(grant: Grant): TokenPair {
    const name = `${grant.team.id}-${ports.newId()}`;
    if (!grant.rotates) {
      issued.set(`xoxb-${name}`, { ...grant, expiresAt: null, ended: null });
      return { access_token: `xoxb-${name}` };
    }
    const pair = { access_token: `xoxe.xoxb-1-${name}`, refresh_token: `xoxe-1-${name}` };
    const expiresAt = ports.now().getTime() + lifetimeSeconds * 1_000;
    issued.set(pair.access_token, { ...grant, expiresAt, ended: null });
    refreshes.set(pair.refresh_token, grant);
    return { ...pair, expires_in: lifetimeSeconds };
  }

  return {
    issue,
    /** Null for a refresh token that is unknown or has been used. */
    refresh(token: string): { grant: Grant; pair: TokenPair } | null {
      const grant = refreshes.get(token);
      if (grant === undefined) return null;
      refreshes.delete(token);
      return { grant, pair: issue(grant) };
    },
    /** Whose token it is, or the word with which Slack refuses it. */
    holderOf(token: string): Team | { refused: string } {
      if (token === botToken) return first === null ? northgate : { refused: first };
      const found = issued.get(token);
      if (found === undefined) return { refused: token === "" ? "not_authed" : "invalid_auth" };
      if (found.ended !== null) return { refused: found.ended };
      const late = found.expiresAt !== null && found.expiresAt <= ports.now().getTime();
      return late ? { refused: "token_expired" } : found.team;
    },
    /** What it may do, with commas between. */
    scopesOf: (token: string): string =>
      issued.get(token)?.scope ?? (token === botToken ? firstScopes.join(",") : ""),
    revoke(token: string): void {
      if (token === botToken) first = "token_revoked";
      const found = issued.get(token);
      if (found !== undefined) found.ended = "token_revoked";
    },
    /** The app is taken out of the workspace, and every token of it ends. */
    uninstall(team: Team): void {
      if (team.id === northgate.id) first = "account_inactive";
      for (const one of issued.values())
        if (one.team.id === team.id) one.ended = "account_inactive";
      for (const [token, grant] of refreshes)
        if (grant.team.id === team.id) refreshes.delete(token);
    },
    /** The organization through which the app is in a workspace; null where it is there by itself. */
    enterpriseOf: (team: Team): Enterprise | null =>
      [...issued.values()].find((one) => one.team.id === team.id && one.ended === null)
        ?.enterprise ?? null,
    /** Whether the app has a token there that works. */
    isInstalled: (team: Team): boolean =>
      (team.id === northgate.id && first === null) ||
      [...issued.values()].some((one) => one.team.id === team.id && one.ended === null),
    clear() {
      issued.clear();
      refreshes.clear();
      first = null;
    },
  };
}

export type Tokens = ReturnType<typeof createTokens>;
