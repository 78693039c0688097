import { createHash, timingSafeEqual } from "node:crypto";
import type {
  IncomingRequest,
  Reply,
  SignedRequest,
  Verification,
  VerifyContext,
} from "../provider.ts";
import { headerValues } from "../verify-hmac.ts";
import type { Settings } from "./settings.ts";

/** Written as Adobe writes it in an answer; requests have it in lower case. */
const clientIdHeader = "X-AdobeSign-ClientId";

/** Headers that prove where a request comes from. */
export const secretHeaders = [clientIdHeader.toLowerCase(), "authorization"];

/**
 * Adobe sends no signature, only the client id of the application that made the webhook and, where it is
 * set up, a bearer token: developer.adobe.com/acrobat-sign, "Webhooks in Acrobat Sign". Either must be one
 * of the secrets. Neither covers the body.
 */
export function verify(
  request: Pick<IncomingRequest, "headers">,
  { secrets, settings }: Pick<VerifyContext<Settings>, "secrets" | "settings">,
): Verification {
  if (secrets.every((secret) => secret === "")) return { authentic: false, reason: "no-secret" };
  const given =
    settings.proof === "bearer" ? bearerTokens(request.headers) : clientIds(request.headers);
  if (given === undefined) return { authentic: false, reason: "no-signature" };
  const [credential] = given;
  const secretIndex = secrets.findIndex(
    (secret) => secret !== "" && given.length === 1 && isSame(secret, credential),
  );
  return secretIndex === -1
    ? { authentic: false, reason: "bad-signature" }
    : { authentic: true, secretIndex };
}

function clientIds(headers: IncomingRequest["headers"]): string[] | undefined {
  const header = headers[clientIdHeader.toLowerCase()];
  return header === undefined ? undefined : headerValues(header);
}

function bearerTokens({ authorization }: IncomingRequest["headers"]): string[] | undefined {
  if (authorization === undefined) return undefined;
  return headerValues(authorization).map((value) => /^Bearer +(\S+)$/i.exec(value)?.[1] ?? "");
}

/** Digests have one length, so that the comparison takes one time. */
function isSame(secret: string, given = ""): boolean {
  return timingSafeEqual(digest(secret), digest(given));
}

function digest(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}

export function sign(
  body: Uint8Array,
  { secrets, settings }: Pick<VerifyContext<Settings>, "secrets" | "settings">,
): SignedRequest {
  const [secret = ""] = secrets;
  const isBearer = settings.proof === "bearer";
  const headers = {
    "content-type": "application/json;charset=UTF-8",
    [clientIdHeader.toLowerCase()]: isBearer ? "EXAMPLECLIENTID1" : secret,
    ...(isBearer ? { authorization: `Bearer ${secret}` } : {}),
  };
  return { headers, query: {}, body };
}

/** The echo of the client id that Adobe wants to every request: without it a 200 counts as a failure. */
export function reply(request: Pick<IncomingRequest, "headers">): Reply {
  const [clientId] = clientIds(request.headers) ?? [];
  if (clientId === undefined) return { status: 200 };
  return {
    status: 200,
    headers: { [clientIdHeader]: clientId, "content-type": "application/json" },
    body: JSON.stringify({ xAdobeSignClientId: clientId }),
  };
}

/** "Verification of intent": success is for a client id that we know, and for no other. */
export function handshake(
  request: Pick<IncomingRequest, "headers">,
  context: Pick<VerifyContext<Settings>, "secrets" | "settings">,
): Reply {
  return verify(request, context).authentic ? reply(request) : { status: 401 };
}
