import type { MethodAnswer } from "../method.ts";
import { textOf, type Part } from "../part.ts";
import { appId, botOf } from "../teams.ts";
import { clientById } from "./client.ts";
import type { Codes } from "./codes.ts";
import type { Grant, TokenPair, Tokens } from "./tokens.ts";

/**
 * oauth.v2.access, for a code and for a refresh token: https://docs.slack.dev/reference/methods/oauth.v2.access.
 * The client's id and secret come as arguments or as basic authorization.
 */
export function access(
  args: Part,
  authorization: string,
  { codes, tokens }: { codes: Codes; tokens: Tokens },
): MethodAnswer {
  const presented = { ...basic(authorization), ...args };
  const client = clientById(presented["client_id"]);
  if (client === undefined) return { ok: false, error: "invalid_client_id" };
  if (presented["client_secret"] !== client.clientSecret)
    return { ok: false, error: "bad_client_secret" };
  if (args["grant_type"] === "refresh_token") {
    const refreshed = tokens.refresh(textOf(args["refresh_token"]));
    return refreshed === null
      ? { ok: false, error: "invalid_refresh_token" }
      : tell(refreshed.grant, refreshed.pair);
  }
  const pending = codes.exchange(textOf(args["code"]));
  if (pending === null || pending.clientId !== client.clientId)
    return { ok: false, error: "invalid_code" };
  const redirectUri = textOf(args["redirect_uri"]);
  if (redirectUri !== "" && redirectUri !== pending.redirectUri)
    return { ok: false, error: "bad_redirect_uri" };
  return tell(pending.grant, tokens.issue(pending.grant));
}

function tell({ team, enterprise, installer, scope }: Grant, pair: TokenPair): MethodAnswer {
  return {
    ok: true,
    app_id: appId,
    authed_user: { id: installer },
    scope,
    token_type: "bot",
    ...pair,
    bot_user_id: botOf(team).user_id,
    team: enterprise === null ? { id: team.id, name: team.name } : null,
    enterprise,
    is_enterprise_install: enterprise !== null,
  };
}

function basic(authorization: string): Part {
  const [scheme, encoded = ""] = authorization.split(" ");
  if (scheme !== "Basic") return {};
  const [id, secret] = Buffer.from(encoded, "base64").toString("utf8").split(":");
  return {
    client_id: decodeURIComponent(id ?? ""),
    client_secret: decodeURIComponent(secret ?? ""),
  };
}
