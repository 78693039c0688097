import { hmacSha256 } from "../../signatures/hmac.ts";
import type { HttpAnswer, HttpCall } from "../client.ts";
import { tinyPdf } from "../tiny-pdf.ts";
import type { Step, VendorContract } from "../vendor-side.ts";
import { signedText } from "./signed-call.ts";
import { document } from "./vendor-document.ts";

export const apiKey = { apiKey: "zk_sandbox", apiSecret: "zs_sandbox_countersign" };

/** The documents API, signed over the path below its address, which an answer does not know. */
export function answer(call: HttpCall, contracts: readonly VendorContract[]): HttpAnswer {
  const { pathname, searchParams } = new URL(call.url, "http://ziasign");
  if (!isSigned(call, pathname)) return json(401, error("unauthorized", "Invalid API key."));
  if (pathname === "/documents") return listed(searchParams, contracts);
  const [, id, what = ""] = /^\/documents\/([^/]+)(?:\/(.*))?$/.exec(pathname) ?? [];
  const contract = contracts.find(({ walk }) => walk.externalId === id);
  if (contract === undefined) return json(404, error("not_found", "Document not found."));
  return aboutOne(`${call.method} ${what}`, contract);
}

function isSigned({ method, headers, body = "" }: HttpCall, path: string): boolean {
  const text = signedText(method, path, headers["x-timestamp"] ?? "", body);
  const signature = hmacSha256(Buffer.from(text), apiKey.apiSecret).toString("hex");
  return headers["x-api-key"] === apiKey.apiKey && headers["x-signature"] === signature;
}

function aboutOne(call: string, { walk, steps }: VendorContract): HttpAnswer {
  switch (call) {
    case "GET ": {
      const auditTrail = steps.map((step) => auditEntry(step, walk));
      return json(200, { data: { ...document(walk, steps), auditTrail } });
    }
    case "GET download":
      return {
        status: 200,
        headers: { "content-type": "application/pdf" },
        body: tinyPdf(walk.title),
      };
    case "POST resend":
      return json(200, { success: true });
    default:
      return json(404, error("not_found", "No such address."));
  }
}

function auditEntry(
  { kind, recipientKey, at }: Step,
  { recipients, sender }: VendorContract["walk"],
) {
  const { name, email } = recipients.find((one) => one.key === recipientKey) ?? sender;
  return {
    action: `document.${kind}`,
    timestamp: at.toISOString(),
    actor: { name, email },
    ipAddress: "192.0.2.1",
    device: "Desktop",
    browser: "Firefox",
    authenticationMethod: "email link",
  };
}

function listed(query: URLSearchParams, contracts: readonly VendorContract[]): HttpAnswer {
  const documents = contracts
    .flatMap(({ walk, steps }) => document(walk, steps) ?? [])
    .toSorted((a, b) => +b.updatedAt - +a.updatedAt);
  const [page, pageSize] = [Number(query.get("page") ?? 1), Number(query.get("pageSize") ?? 20)];
  const data = documents.slice((page - 1) * pageSize, page * pageSize);
  return json(200, { data, page, pageSize, total: documents.length });
}

function error(code: string, message: string) {
  return { error: { code, message } };
}

function json(status: number, body: object): HttpAnswer {
  const headers = { "content-type": "application/json" };
  return { status, headers, body: Buffer.from(JSON.stringify(body)) };
}
