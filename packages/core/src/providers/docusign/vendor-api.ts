import { createPublicKey, verify } from "node:crypto";
import type { HttpAnswer, HttpCall } from "../client.ts";
import { jsonObjectIn } from "../json-text.ts";
import { tinyPdf } from "../tiny-pdf.ts";
import type { Step, VendorAnswer, VendorContract } from "../vendor-side.ts";
import { account, envelope } from "./vendor-envelope.ts";
import { answerFields } from "./vendor-fields.ts";
import { integration, sandboxKey } from "./vendor-key.ts";

const token = "sandbox-docusign-access-token";

const root = `/restapi/v2.1/accounts/${account.accountId}`;

/** The authentication server and the eSignature API, under one address. */
export function answer(
  call: HttpCall,
  contracts: readonly VendorContract[],
  now: Date,
): VendorAnswer {
  const { pathname, searchParams } = new URL(call.url, "http://docusign");
  if (pathname === "/oauth/token") return granted(call.body ?? "", now);
  if (call.headers["authorization"] !== `Bearer ${token}`) {
    return json(401, error("AUTHORIZATION_INVALID_TOKEN", "The access token is not valid."));
  }
  if (pathname === "/oauth/userinfo") return json(200, userInfo);
  if (pathname === `${root}/envelopes`) return listed(searchParams, contracts);
  const [id, ...rest] = pathname.replace(`${root}/envelopes/`, "").split("/");
  const contract = contracts.find(({ walk }) => walk.externalId === id);
  if (contract === undefined || !pathname.startsWith(root)) {
    return json(404, error("ENVELOPE_DOES_NOT_EXIST", "The envelope specified does not exist."));
  }
  if (rest.join("/") === "custom_fields") return answerFields(call, contract);
  return aboutOne(call.method, rest.join("/"), contract, searchParams);
}

const userInfo = {
  sub: account.userId,
  /** From the address of this server: an answer does not know it. */
  accounts: [{ account_id: account.accountId, is_default: true, base_uri: "." }],
};

/** The token for an assertion that our app signed, for our user, and that has not run out. */
function granted(form: string, now: Date): HttpAnswer {
  const [head = "", claims = "", signature = ""] =
    new URLSearchParams(form).get("assertion")?.split(".") ?? [];
  const key = createPublicKey({
    key: { kty: "RSA", n: sandboxKey.n, e: sandboxKey.e },
    format: "jwk",
  });
  const signed = Buffer.from(`${head}.${claims}`);
  const { iss, sub, exp } = claimsIn(claims);
  const mine = iss === integration.integrationKey && sub === account.userId;
  const proved = verify("sha256", signed, key, Buffer.from(signature, "base64url"));
  if (!mine || !proved || !(Number(exp) > now.getTime() / 1_000)) {
    return json(400, { error: "invalid_grant", error_description: "issuer_not_found" });
  }
  return json(200, { access_token: token, token_type: "Bearer", expires_in: 3_600 });
}

function claimsIn(text: string): { iss?: unknown; sub?: unknown; exp?: unknown } {
  return jsonObjectIn(Buffer.from(text, "base64url").toString()) ?? {};
}

function aboutOne(
  method: HttpCall["method"],
  what: string,
  { walk, steps }: VendorContract,
  query: URLSearchParams,
): HttpAnswer {
  switch (`${method} ${what}`) {
    case "GET ":
      return json(200, included(envelope(walk, steps), query));
    case "GET audit_events":
      return json(200, { auditEvents: steps.map((step) => auditEvent(step, walk.recipients)) });
    case "GET documents/combined":
      return pdf(walk.title);
    case "GET documents/certificate":
      return pdf(`Certificate of completion: ${walk.title}`);
    case "PUT ":
      return json(200, { envelopeId: walk.externalId });
    default:
      return json(404, error("RESOURCE_NOT_FOUND", "The URL does not name a resource."));
  }
}

function pdf(line: string): HttpAnswer {
  return { status: 200, headers: { "content-type": "application/pdf" }, body: tinyPdf(line) };
}

function included(whole: ReturnType<typeof envelope>, query: URLSearchParams): object {
  const { recipients, customFields, ...plain } = whole;
  const parts = query.get("include")?.split(",") ?? [];
  return {
    ...plain,
    ...(parts.includes("recipients") ? { recipients } : {}),
    ...(parts.includes("custom_fields") ? { customFields } : {}),
  };
}

function auditEvent(
  { kind, recipientKey, at, reason }: Step,
  people: { key: string; name: string }[],
) {
  const person = people.find((one) => one.key === recipientKey);
  const fields = {
    logTime: at.toISOString().replace("Z", "0000Z"),
    Source: "Web",
    UserName: person?.name,
    Action: kind === "viewed" ? "Opened" : kind.charAt(0).toUpperCase() + kind.slice(1),
    Message: reason,
    ClientIPAddress: "192.0.2.1",
  };
  return { eventFields: Object.entries(fields).map(([name, value]) => ({ name, value })) };
}

/** A page, whose numbers are text. */
function listed(query: URLSearchParams, contracts: readonly VendorContract[]): HttpAnswer {
  const since = new Date(query.get("from_date") ?? NaN);
  if (Number.isNaN(since.getTime())) {
    return json(400, error("INVALID_REQUEST_PARAMETER", "from_date is required."));
  }
  const changed = contracts.filter(({ steps }) => steps.some((step) => step.at >= since));
  const start = Number(query.get("start_position") ?? 0);
  const page = changed.slice(start, start + Number(query.get("count") ?? 1_000));
  return json(200, {
    resultSetSize: String(page.length),
    totalSetSize: String(changed.length),
    startPosition: String(start),
    endPosition: String(start + page.length - 1),
    envelopes: page.map(({ walk, steps }) => included(envelope(walk, steps), query)),
  });
}

function error(errorCode: string, message: string) {
  return { errorCode, message };
}

function json(status: number, body: object): HttpAnswer {
  const headers = { "content-type": "application/json" };
  return { status, headers, body: Buffer.from(JSON.stringify(body)) };
}
