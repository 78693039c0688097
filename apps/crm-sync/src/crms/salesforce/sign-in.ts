import { sign } from "node:crypto";
import { OAuth2 } from "jsforce";
import { SignInRefused } from "./errors.ts";
import type { Token } from "./session.ts";

export type Credentials = { loginUrl: string; clientId: string } & (
  | { flow: "client-credentials"; clientSecret: string }
  | { flow: "jwt-bearer"; username: string; privateKey: string }
);

/** Asks for an access token (help.salesforce.com, OAuth client credentials and JWT bearer flows). */
export async function signIn(credentials: Credentials, now: Date): Promise<Token> {
  const { loginUrl, clientId } = credentials;
  const secret =
    credentials.flow === "client-credentials" ? { clientSecret: credentials.clientSecret } : {};
  try {
    const oauth2 = new OAuth2({ loginUrl, clientId, ...secret });
    const token = await oauth2.requestToken(grantOf(credentials, now));
    const userId = token.id.split("/").at(-1) ?? "";
    return { accessToken: token.access_token, instanceUrl: token.instance_url, userId };
  } catch (error) {
    throw asRefusal(error);
  }
}

function grantOf(
  credentials: Credentials,
  now: Date,
): { grant_type: string; [name: string]: string } {
  if (credentials.flow === "client-credentials") return { grant_type: "client_credentials" };
  const { loginUrl, clientId, username, privateKey } = credentials;
  const claims = { iss: clientId, sub: username, aud: audienceOf(loginUrl) };
  return {
    grant_type: "urn:ietf:params:oauth:grant-type:jwt-bearer",
    assertion: createAssertion(claims, privateKey, now),
  };
}

/** Salesforce takes assertions that end within three minutes. */
const assertionSeconds = 170;

export function createAssertion(
  claims: { iss: string; sub: string; aud: string },
  privateKey: string,
  now: Date,
): string {
  const exp = Math.floor(now.getTime() / 1_000) + assertionSeconds;
  const signed = `${encode({ alg: "RS256" })}.${encode({ ...claims, exp })}`;
  return `${signed}.${sign("RSA-SHA256", Buffer.from(signed), privateKey).toString("base64url")}`;
}

/** The audience of an org's own domain is the login server before it; any other site is its own. */
export function audienceOf(loginUrl: string): string {
  const { hostname, origin } = new URL(loginUrl);
  if (hostname.endsWith(".sandbox.my.salesforce.com")) return "https://test.salesforce.com";
  return hostname.endsWith(".my.salesforce.com") ? "https://login.salesforce.com" : origin;
}

function encode(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString("base64url");
}

/** OAuth's own words for "try again"; every other error of the endpoint is about the credentials. */
const passing = new Set([
  "unknown_error",
  "server_error",
  "temporarily_unavailable",
  "rate_limit_exceeded",
]);

/** jsforce names the error as the endpoint does, and not at all where the answer was no OAuth error. */
function asRefusal(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const name: unknown = error.name;
  if (typeof name !== "string" || !/^[a-z][a-z_]+$/.test(name)) return error;
  return passing.has(name) ? error : new SignInRefused(name, error.message);
}
