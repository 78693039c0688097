import { createHash } from "node:crypto";
import { hmacSha256 } from "../../signatures/hmac.ts";
import type { HttpCall } from "../client.ts";
import type { Access } from "./access.ts";

/** A call below `baseUrl`, signed as ziasign.com/docs/api-authentication says. */
export function signedCall(
  access: Access,
  method: HttpCall["method"],
  path: string,
  now: Date,
): HttpCall {
  const url = access.baseUrl + path;
  const body = method === "GET" ? "" : "{}";
  const timestamp = now.toISOString();
  const text = signedText(method, pathToSign(access, url), timestamp, body);
  const headers = {
    accept: "application/json, application/pdf",
    "x-api-key": access.apiKey,
    "x-timestamp": timestamp,
    "x-signature": hmacSha256(Buffer.from(text), access.apiSecret).toString(
      access.signatureEncoding,
    ),
  };
  if (body === "") return { method, url, headers };
  return { method, url, headers: { ...headers, "content-type": "application/json" }, body };
}

/** Method, path, time and the body's SHA-256 in hex, a line each. A GET has the hash of nothing. */
export function signedText(method: string, path: string, timestamp: string, body: string): string {
  const hash = createHash("sha256").update(body).digest("hex");
  return [method, path, timestamp, hash].join("\n");
}

function pathToSign({ baseUrl, signedPath }: Access, url: string): string {
  const { pathname, search } = new URL(url);
  if (signedPath === "path-and-query") return pathname + search;
  return signedPath === "path" ? pathname : pathname.slice(new URL(baseUrl).pathname.length);
}
