import type { HttpAnswer, HttpCall } from "../client.ts";
import { tinyPdf } from "../tiny-pdf.ts";
import { progressOf, type VendorContract } from "../vendor-side.ts";
import { signatureRequest } from "./vendor-request.ts";

const apiKey = "EXAMPLE-API-KEY";

export function access(baseUrl: string): unknown {
  return { apiKey, baseUrl };
}

/** Dropbox Sign API v3, as far as our client calls it. */
export function answer(call: HttpCall, contracts: readonly VendorContract[]): HttpAnswer {
  const expected = `Basic ${Buffer.from(`${apiKey}:`).toString("base64")}`;
  if (call.headers["authorization"] !== expected) {
    return refusal(401, "unauthorized", "Unauthorized api key");
  }
  const { pathname, searchParams } = new URL(call.url, "https://api.example.com");
  const [resource, ...rest] = pathname.slice(1).split("/").map(decodeURIComponent);
  if (resource !== "signature_request") return refusal(404, "not_found", "Not found");
  if (rest[0] === "list") return list(contracts, searchParams);
  const contract = contracts.find(({ walk }) => walk.externalId === rest.at(-1));
  if (contract === undefined) return refusal(404, "not_found", "Signature request not found");
  const action = rest.length > 1 ? rest[0] : "get";
  return answerAbout(contract, `${call.method} ${action}`);
}

function answerAbout({ walk, steps }: VendorContract, action: string): HttpAnswer {
  const progress = progressOf(walk, steps);
  const signature_request = signatureRequest(walk, progress);
  switch (action) {
    case "GET get":
    case "POST remind":
      return json({ signature_request });
    case "GET files":
      return progress.at.completed
        ? { status: 200, headers: { "content-type": "application/pdf" }, body: tinyPdf(walk.title) }
        : refusal(409, "conflict", "Files are still being processed");
    default:
      return refusal(404, "not_found", "Not found");
  }
}

function list(contracts: readonly VendorContract[], query: URLSearchParams): HttpAnswer {
  const page = Number(query.get("page") ?? 1);
  const page_size = Math.min(Number(query.get("page_size") ?? 20), 100);
  const num_pages = Math.max(Math.ceil(contracts.length / page_size), 1);
  return json({
    list_info: { page, num_pages, num_results: contracts.length, page_size },
    signature_requests: contracts
      .slice((page - 1) * page_size, page * page_size)
      .map(({ walk, steps }) => signatureRequest(walk, progressOf(walk, steps))),
  });
}

function json(body: object, status = 200): HttpAnswer {
  const headers = { "content-type": "application/json" };
  return { status, headers, body: Buffer.from(JSON.stringify(body)) };
}

function refusal(status: number, error_name: string, error_msg: string): HttpAnswer {
  return json({ error: { error_name, error_msg } }, status);
}
