import { randomUUID, verify } from "node:crypto";
import type { Request } from "express";
import { z } from "zod";
import type { Answer } from "../crm-calls.ts";

export type SignInOptions = {
  clientId: string;
  clientSecret: string;
  /** PEM. Without it, a JWT's claims are checked but not its signature. */
  jwtPublicKey?: string;
  now: () => Date;
};

export type Entrance = {
  /** The tokens that are let in. */
  sessions: Set<string>;
  /** The client secret with which one comes in; null: nobody does. */
  secret: string | null;
  /** Whom one comes in as. */
  userId: () => string;
};

const organizationId = "00D000000000001AAA";

const formSchema = z.object({
  grant_type: z.string(),
  client_id: z.string().optional(),
  client_secret: z.string().optional(),
  assertion: z.string().optional(),
});
type Form = z.infer<typeof formSchema>;

/** `POST /services/oauth2/token`: client credentials and JWT bearer (help.salesforce.com, OAuth flows). */
export function signIn(
  options: SignInOptions,
  { sessions, secret, userId }: Entrance,
  request: Request,
  instanceUrl: string,
): Answer {
  const form = formSchema.safeParse(request.body);
  if (!form.success) return denied("invalid_request", "grant_type is missing");
  const problem = checkForm({ ...options, secret }, { ...basicCredentials(request), ...form.data });
  if (problem !== undefined) return problem;
  const token = `${organizationId}!sandbox-${randomUUID()}`;
  sessions.add(token);
  return {
    status: 200,
    body: {
      access_token: token,
      instance_url: instanceUrl,
      id: `${instanceUrl}/id/${organizationId}/${userId()}`,
      token_type: "Bearer",
      scope: "api",
      issued_at: String(options.now().getTime()),
      signature: "sandbox",
    },
  };
}

type Asked = Omit<SignInOptions, "clientSecret"> & Pick<Entrance, "secret">;

function checkForm(options: Asked, form: Form): Answer | undefined {
  switch (form.grant_type) {
    case "client_credentials":
      if (form.client_id !== options.clientId) {
        return denied("invalid_client_id", "client identifier invalid");
      }
      return options.secret !== null && form.client_secret === options.secret
        ? undefined
        : denied("invalid_client", "invalid client credentials");
    case "urn:ietf:params:oauth:grant-type:jwt-bearer":
      return checkAssertion(options, form.assertion ?? "");
    default:
      return denied("unsupported_grant_type", "grant type not supported");
  }
}

const claimsSchema = z.object({
  iss: z.string(),
  sub: z.string(),
  aud: z.string(),
  exp: z.number(),
});

function checkAssertion(options: Asked, assertion: string): Answer | undefined {
  const [header = "", payload = "", signature = ""] = assertion.split(".");
  const claims = claimsSchema.safeParse(decodeJson(payload));
  if (!claims.success || signature === "") return denied("invalid_grant", "invalid assertion");
  if (claims.data.iss !== options.clientId) {
    return denied("invalid_client_id", "client identifier invalid");
  }
  if (claims.data.exp * 1000 <= options.now().getTime()) {
    return denied("invalid_grant", "expired assertion");
  }
  if (options.jwtPublicKey === undefined) return undefined;
  const signed = Buffer.from(`${header}.${payload}`);
  const genuine = verify(
    "RSA-SHA256",
    signed,
    options.jwtPublicKey,
    Buffer.from(signature, "base64url"),
  );
  return genuine ? undefined : denied("invalid_grant", "invalid signature");
}

function decodeJson(base64url: string): unknown {
  try {
    return JSON.parse(Buffer.from(base64url, "base64url").toString());
  } catch {
    return undefined;
  }
}

function basicCredentials({ headers }: Request): Partial<Form> {
  const [, encoded] = /^Basic (\S+)$/.exec(headers.authorization ?? "") ?? [];
  if (encoded === undefined) return {};
  const [client_id, client_secret] = Buffer.from(encoded, "base64").toString().split(":");
  return { client_id, client_secret };
}

function denied(error: string, error_description: string): Answer {
  return { status: 400, body: { error, error_description } };
}
