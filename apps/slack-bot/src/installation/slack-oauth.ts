import { WebAPIPlatformError, type WebClient } from "@slack/web-api";
import { z } from "zod";
import { judge } from "../slack/errors.ts";
import type { Installation } from "./installation.ts";

/** The app as Slack's OAuth knows it. */
export type OAuthClient = { clientId: string; clientSecret: string };

/** How an exchange ended. `refused`: by Slack, for good; `away`: Slack was not reached, or its answer is unknown. */
type Exchanged =
  | { kind: "granted"; installation: Installation }
  | { kind: "refused"; code: string }
  | { kind: "away" };

export type SlackOAuth = {
  /** What a code of the redirect stands for; `redirectUri` as it was asked for. */
  exchangeCode(code: string, redirectUri: string): Promise<Exchanged>;
  /** The next token. The refresh token is used up by this, unless the end is `refused`. */
  refresh(installation: Installation, refreshToken: string): Promise<Exchanged>;
  /** Whether Slack refuses a token for good. Rejects where it cannot be asked. */
  isRefused(token: string): Promise<boolean>;
  /** Ends a token that nobody is to use. Rejects where that did not work. */
  revoke(token: string): Promise<void>;
};

/** https://docs.slack.dev/reference/methods/oauth.v2.access. `client` has no token of its own. */
export function openSlackOAuth(
  client: WebClient,
  { clientId, clientSecret }: OAuthClient,
  now: () => Date,
): SlackOAuth {
  const app = { client_id: clientId, client_secret: clientSecret };
  async function exchange(
    given:
      | { code: string; redirect_uri: string }
      | { grant_type: "refresh_token"; refresh_token: string },
    before: Installation | null,
  ): Promise<Exchanged> {
    const askedAt = now();
    try {
      const answer = await client.oauth.v2.access({ ...app, ...given });
      return { kind: "granted", installation: readAccess(answer, before, askedAt) };
    } catch (error) {
      const verdict = judge(error);
      if (!("code" in verdict)) return { kind: "away" };
      return { kind: "refused", code: verdict.code };
    }
  }
  return {
    exchangeCode: (code, redirectUri) => exchange({ code, redirect_uri: redirectUri }, null),
    refresh: (installation, refreshToken) =>
      exchange({ grant_type: "refresh_token", refresh_token: refreshToken }, installation),
    async isRefused(token) {
      try {
        await client.auth.test({ token });
        return false;
      } catch (error) {
        if (error instanceof WebAPIPlatformError && ended.has(error.data.error)) return true;
        throw error;
      }
    },
    async revoke(token) {
      await client.auth.revoke({ token });
    },
  };
}

const ended = new Set(["invalid_auth", "account_inactive", "token_revoked"]);

const Named = z.object({ id: z.string(), name: z.string().default("") });

const Access = z.object({
  app_id: z.string(),
  authed_user: z.object({ id: z.string() }).optional(),
  scope: z.string(),
  token_type: z.literal("bot"),
  access_token: z.string(),
  refresh_token: z.string().optional(),
  /** Seconds. */
  expires_in: z.number().optional(),
  bot_user_id: z.string(),
  team: Named.nullish(),
  enterprise: Named.nullish(),
  is_enterprise_install: z.boolean().default(false),
});

/** Of a refresh, only what it renews counts. Throws for an answer of another kind. */
function readAccess(answer: unknown, before: Installation | null, askedAt: Date): Installation {
  const given = Access.parse(answer);
  const { refresh_token: refreshToken, expires_in: seconds } = given;
  const endsAt = new Date(askedAt.getTime() + (seconds ?? 0) * 1_000).toISOString();
  const renewed = {
    botToken: given.access_token,
    rotation: refreshToken === undefined ? null : { refreshToken, endsAt },
    scopes: given.scope.split(",").filter((scope) => scope !== ""),
  };
  if (before !== null) return { ...before, ...renewed };
  return {
    ...renewed,
    team: given.team ?? null,
    enterprise: given.enterprise ?? null,
    isOrgWide: given.is_enterprise_install,
    appId: given.app_id,
    botUserId: given.bot_user_id,
    installedBy: given.authed_user?.id ?? "",
  };
}
