import type { Request } from "express";
import { z } from "zod";
import { messageMethods } from "./api/messages.ts";
import { peopleMethods } from "./api/people.ts";
import { argumentsOf, bodyOf, tokenOf } from "./call-arguments.ts";
import type { Method, MethodAnswer } from "./method.ts";
import { access } from "./oauth/access.ts";
import type { Codes } from "./oauth/codes.ts";
import type { Tokens } from "./oauth/tokens.ts";
import { partSchema } from "./part.ts";
import type { Enterprise, Team } from "./teams.ts";
import { takeTurns } from "./tokens.ts";
import { viewMethods } from "./views/methods.ts";
import type { Workspace } from "./workspace.ts";

export type Served = {
  status: number;
  type: string;
  body: string;
  /** What the caller's token may do: https://docs.slack.dev/authentication/installing-with-oauth#x-oauth-scopes */
  scopes?: string;
};

export type Server = {
  codes: Codes;
  tokens: Tokens;
  workspaceOf: (team: Team) => Promise<Workspace>;
};

/** What the sandbox answers itself; the emulator has the rest. */
const own: Record<string, Method> = { ...messageMethods, ...peopleMethods, ...viewMethods };

/** Answers a call of the Web API as it would be without any fault. */
export async function serve(method: string, request: Request, server: Server): Promise<Served> {
  const args = argumentsOf(request);
  if (method === "oauth.v2.access")
    return json(access(args, request.headers.authorization ?? "", server));
  const token = tokenOf(request, args);
  const holder = server.tokens.holderOf(token);
  if ("refused" in holder) return json({ ok: false, error: holder.refused });
  if (method === "auth.revoke") return json(revoke(args["test"], token, server.tokens));
  return {
    ...(await serveHolder(method, request, holder, server)),
    scopes: server.tokens.scopesOf(token),
  };
}

async function serveHolder(
  method: string,
  request: Request,
  holder: Team,
  server: Server,
): Promise<Served> {
  const args = argumentsOf(request);
  const token = tokenOf(request, args);
  const workspace = await server.workspaceOf(holder);
  const handler = Object.hasOwn(own, method) ? own[method] : undefined;
  if (handler !== undefined) return json(await handler({ args, workspace, token }));
  const served = await forward(request, workspace, Number(args["oldest"] ?? 0));
  const enterprise = server.tokens.enterpriseOf(holder);
  return method === "auth.test" && enterprise !== null ? inNameOf(enterprise, served) : served;
}

/** What auth.test adds for a token of a whole organization. */
function inNameOf(enterprise: Enterprise, served: Served): Served {
  const answer = partSchema.parse(JSON.parse(served.body));
  const added = { enterprise_id: enterprise.id, is_enterprise_install: true };
  return { ...served, body: JSON.stringify({ ...answer, ...added }) };
}

function json(answer: MethodAnswer): Served {
  return { status: 200, type: "application/json", body: JSON.stringify(answer) };
}

/** https://docs.slack.dev/reference/methods/auth.revoke */
function revoke(test: unknown, token: string, tokens: Tokens): MethodAnswer {
  const rehearsed = ["1", "true", true].some((yes) => yes === test);
  if (!rehearsed) tokens.revoke(token);
  return { ok: true, revoked: !rehearsed };
}

const nextToken = takeTurns();

async function forward(request: Request, workspace: Workspace, oldest: number): Promise<Served> {
  const { "content-type": contentType } = request.headers;
  const headers: Record<string, string> = { authorization: `Bearer ${nextToken()}` };
  if (contentType !== undefined) headers["content-type"] = contentType;
  const sent = request.method === "GET" ? {} : { body: bodyOf(request) };
  const { apiUrl, fetch } = workspace.emulation;
  const target = new URL(`.${request.url}`, apiUrl).href;
  const upstream = await fetch(target, { method: request.method, headers, ...sent });
  return {
    status: upstream.status,
    type: upstream.headers.get("content-type") ?? "application/json",
    body: withoutOlder(await upstream.text(), oldest),
  };
}

/** emulate takes no notice of `oldest` (https://docs.slack.dev/reference/methods/conversations.history). */
function withoutOlder(answer: string, oldest: number): string {
  const parsed = oldest > 0 ? historySchema.safeParse(JSON.parse(answer)) : null;
  if (!parsed?.success) return answer;
  const messages = parsed.data.messages.filter(({ ts }) => Number(ts) >= oldest);
  return JSON.stringify({ ...parsed.data, messages });
}

const historySchema = z.looseObject({ messages: z.array(z.looseObject({ ts: z.string() })) });
