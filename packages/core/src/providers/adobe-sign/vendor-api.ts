import { z } from "zod";
import type { HttpAnswer, HttpCall } from "../client.ts";
import { tinyPdf } from "../tiny-pdf.ts";
import { progressOf, type VendorContract } from "../vendor-side.ts";
import { agreement, eventsOf, participantSets } from "./vendor-agreement.ts";

const integrationKey = "EXAMPLE-INTEGRATION-KEY";

export function access(baseUrl: string): unknown {
  return { integrationKey, baseUrl };
}

/** Acrobat Sign REST v6, as far as our client calls it. */
export function answer(call: HttpCall, contracts: readonly VendorContract[]): HttpAnswer {
  if (call.headers["authorization"] !== `Bearer ${integrationKey}`) {
    return refusal(401, "INVALID_ACCESS_TOKEN", "Access token provided is invalid or has expired");
  }
  const path = new URL(call.url, "https://api.example.com").pathname;
  const [resource, id, part = ""] = path.replace("/api/rest/v6/", "").split("/");
  if (resource === "baseUris") return json({ apiAccessPoint: "./", webAccessPoint: "./" });
  if (resource === "search") return json(search(contracts, call.body));
  const contract = contracts.find((one) => one.walk.externalId === decodeURIComponent(id ?? ""));
  if (resource !== "agreements" || contract === undefined) {
    return refusal(404, "INVALID_AGREEMENT_ID", "The Agreement ID specified is invalid");
  }
  return answerAbout(contract, call, part);
}

function answerAbout({ walk, steps }: VendorContract, call: HttpCall, part: string): HttpAnswer {
  const progress = progressOf(walk, steps);
  const sets = participantSets(walk, progress);
  switch (`${call.method} ${part}`) {
    case "GET ":
      return json(agreement(walk, progress));
    case "GET members":
      return json({
        participantSets: sets,
        senderInfo: { email: walk.sender.email, name: walk.sender.name, self: true },
        ccsInfo: [],
      });
    case "GET events":
      return json({ events: eventsOf(walk, steps) });
    case "GET combinedDocument":
      return file(walk.title);
    case "GET auditTrail":
      return file(`Audit trail: ${walk.title}`);
    case "POST reminders":
      return json({ reminderId: "CBJREMINDER" }, 201);
    default:
      return refusal(404, "RESOURCE_NOT_FOUND", "The resource does not exist");
  }
}

const searchRequest = z.object({
  agreementAssetsCriteria: z.object({
    modifiedDate: z.object({ range: z.object({ gt: z.coerce.date() }) }),
    startIndex: z.number(),
    pageSize: z.number(),
  }),
});

function search(contracts: readonly VendorContract[], body = "{}") {
  const { agreementAssetsCriteria: wanted } = searchRequest.parse(JSON.parse(body));
  const since = wanted.modifiedDate.range.gt;
  const found = contracts.filter(({ steps }) => steps.some((step) => step.at > since));
  const next = wanted.startIndex + wanted.pageSize;
  return {
    agreementAssetsResults: {
      agreementAssetsResultList: found
        .slice(wanted.startIndex, next)
        .map(({ walk }) => ({ id: walk.externalId, name: walk.title, type: "AGREEMENT" })),
      searchPageInfo: next < found.length ? { nextIndex: next } : {},
      totalHits: found.length,
    },
  };
}

function json(body: object, status = 200): HttpAnswer {
  const headers = { "content-type": "application/json;charset=UTF-8" };
  return { status, headers, body: Buffer.from(JSON.stringify(body)) };
}

function refusal(status: number, code: string, message: string): HttpAnswer {
  return json({ code, message }, status);
}

function file(line: string): HttpAnswer {
  const headers = { "content-type": "application/pdf;charset=UTF-8" };
  return { status: 200, headers, body: tinyPdf(line) };
}
