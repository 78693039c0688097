import type { Request } from "express";
import { partSchema, type Part } from "./part.ts";

/** What a Web API call asks for: from its form, its JSON or its address. */
export function argumentsOf(request: Request): Part {
  const query = Object.fromEntries(new URL(request.url, "http://slack").searchParams);
  const text = bodyOf(request);
  if (!request.is("application/json"))
    return { ...query, ...Object.fromEntries(new URLSearchParams(text)) };
  const parsed = partSchema.safeParse(jsonOf(text));
  return { ...query, ...(parsed.success ? parsed.data : {}) };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

export function bodyOf({ body }: Request): string {
  return Buffer.isBuffer(body) ? body.toString("utf8") : "";
}

/** The token that a call presents, as a header or as an argument. */
export function tokenOf({ headers }: Request, args: Part): string {
  const bearer = /^Bearer\s+(.+)$/i.exec(headers.authorization ?? "")?.[1];
  const given = args["token"];
  return bearer ?? (typeof given === "string" ? given : "");
}
