import { sign } from "node:crypto";
import { z } from "zod";
import type { Answer, Http } from "../client.ts";
import { withoutLastSlash } from "../last-slash.ts";
import { jsonIn, ok, outcomeOf } from "../rest.ts";
import type { Access } from "./access.ts";

/** `root`: where the account's API is. */
export type Session = { token: string; root: string };

type Failure = Exclude<Answer<never>, { outcome: "ok" }>;

type Ports = { http: Http; now: () => Date };

/** A token is used until five minutes before its hour is over. */
const marginSeconds = 300;

const scope = "signature impersonation";

const grant = z.object({ access_token: z.string(), expires_in: z.number().catch(3_600) });

const userInfo = z.object({
  accounts: z.array(z.object({ account_id: z.string(), base_uri: z.string() })),
});

/** Hands out the session in use, or opens another. `forget` drops one that the API no longer takes. */
export function createSessions(access: Access, ports: Ports) {
  let current: { session: Session; until: number } | null = null;
  return {
    async open(): Promise<Answer<Session>> {
      if (current !== null && ports.now().getTime() < current.until) return ok(current.session);
      const token = await requestToken(access, ports);
      if (token.outcome !== "ok") return token;
      const { access_token, expires_in } = token.value;
      const root = await findRoot(access, access_token, ports);
      if (root.outcome !== "ok") return root;
      const session = { token: access_token, root: root.value };
      const until = ports.now().getTime() + (expires_in - marginSeconds) * 1_000;
      current = { session, until };
      return ok(session);
    },
    forget() {
      current = null;
    },
  };
}

/** JWT grant: developers.docusign.com, "JSON Web Token (JWT) grant". */
async function requestToken(
  access: Access,
  { http, now }: Ports,
): Promise<Answer<z.infer<typeof grant>>> {
  const form = new URLSearchParams({
    grant_type: "urn:ietf:params:oauth:grant-type:jwt-bearer",
    assertion: assertion(access, now()),
  });
  const answer = await http({
    method: "POST",
    url: `${access.authServer}/oauth/token`,
    headers: {
      accept: "application/json",
      "content-type": "application/x-www-form-urlencoded",
    },
    body: form.toString(),
  });
  const outcome = outcomeOf(answer, oauthWords);
  if (outcome.outcome !== "ok") return withAdvice(outcome, access);
  return ok(grant.parse(jsonIn(answer)));
}

function assertion(access: Access, now: Date): string {
  const issuedAt = Math.floor(now.getTime() / 1_000);
  const claims = {
    iss: access.integrationKey,
    sub: access.userId,
    aud: new URL(access.authServer).host,
    iat: issuedAt,
    exp: issuedAt + 3_600,
    scope,
  };
  const signed = [{ alg: "RS256", typ: "JWT" }, claims]
    .map((part) => Buffer.from(JSON.stringify(part)).toString("base64url"))
    .join(".");
  const signature = sign("sha256", Buffer.from(signed), access.privateKey);
  return `${signed}.${signature.toString("base64url")}`;
}

/** The grant is refused with 400: our credentials are not taken, or nobody has consented to them yet. */
function withAdvice(failure: Failure, access: Access): Failure {
  if (failure.outcome !== "refused") return failure;
  if (failure.code !== "consent_required")
    return { outcome: "unauthorized", message: failure.message };
  const consent = new URLSearchParams({
    response_type: "code",
    scope,
    client_id: access.integrationKey,
  });
  return {
    outcome: "unauthorized",
    message: `The user has not yet consented to this app. Open ${access.authServer}/oauth/auth?${consent.toString()} with a redirect_uri of the app once, signed in as that user.`,
  };
}

/** `base_uri` is absolute at DocuSign; what is not is taken from the authentication server. */
async function findRoot(access: Access, token: string, { http }: Ports): Promise<Answer<string>> {
  const answer = await http({
    method: "GET",
    url: `${access.authServer}/oauth/userinfo`,
    headers: { accept: "application/json", authorization: `Bearer ${token}` },
  });
  const outcome = outcomeOf(answer, oauthWords);
  if (outcome.outcome !== "ok") return outcome;
  const { accounts } = userInfo.parse(jsonIn(answer));
  const wanted = access.accountId.toLowerCase();
  const account = accounts.find((one) => one.account_id.toLowerCase() === wanted);
  if (account === undefined) {
    return { outcome: "unauthorized", message: "The user does not belong to the account." };
  }
  const server = withoutLastSlash(new URL(account.base_uri, `${access.authServer}/`).href);
  return ok(`${server}/restapi/v2.1/accounts/${encodeURIComponent(account.account_id)}`);
}

const oauthErrors = z.object({ error: z.string(), error_description: z.string().optional() });

function oauthWords(body: unknown) {
  const { data } = oauthErrors.safeParse(body);
  return { code: data?.error, message: data?.error_description ?? data?.error };
}
