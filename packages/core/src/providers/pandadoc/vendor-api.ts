import type { HttpAnswer, HttpCall } from "../client.ts";
import { tinyPdf } from "../tiny-pdf.ts";
import type { Step, VendorAnswer, VendorContract } from "../vendor-side.ts";
import { detailsOf, timeText } from "./vendor-document.ts";
import { answerLinks } from "./vendor-links.ts";

export const apiKey = "sandbox-pandadoc-api-key";

/** The answers of PandaDoc's API to the calls of our client. */
export function answer(
  call: HttpCall,
  contracts: readonly VendorContract[],
  now: Date,
): VendorAnswer {
  if (call.headers["authorization"] !== `API-Key ${apiKey}`) {
    return json(401, {
      type: "authentication_error",
      detail: "Authentication credentials were not provided.",
    });
  }
  const { pathname, searchParams } = new URL(call.url, "https://api.pandadoc.com");
  if (pathname === "/public/v1/documents") return listOf(contracts, searchParams);
  const [, id = "", rest = ""] = /^\/public\/v[12]\/documents\/([^/]+)\/(.+)$/.exec(pathname) ?? [];
  const contract = contracts.find(({ walk }) => walk.externalId === decodeURIComponent(id));
  if (contract === undefined) return notFound();
  if (rest.startsWith("linked-objects")) return answerLinks(call, rest, contract);
  const answers: Record<string, () => HttpAnswer> = {
    details: () => json(200, detailsOf(contract.walk, contract.steps)),
    "audit-trail": () => auditTrailOf(contract, searchParams),
    download: () => pdfOf(contract),
    "download-protected": () => (isCompleted(contract) ? pdfOf(contract) : notCompleted()),
    "send-reminder": () => reminders(contract, call.body, now),
  };
  return answers[rest]?.() ?? notFound();
}

function listOf(contracts: readonly VendorContract[], query: URLSearchParams): HttpAnswer {
  const since = Date.parse(query.get("modified_from") ?? "") || 0;
  const changed = contracts.filter(({ steps }) => Number(steps.at(-1)?.at ?? 0) >= since);
  const results = pageOf(changed, query, "count", (Number(query.get("page") ?? 1) - 1) * 100);
  return json(200, {
    results: results.map(({ walk, steps }) => {
      const { id, name, status, date_created, date_modified } = detailsOf(walk, steps);
      return { id, name, status, date_created, date_modified, expiration_date: null, version: "2" };
    }),
  });
}

function pageOf<Item>(all: readonly Item[], query: URLSearchParams, size: string, from: number) {
  return all.slice(from, from + Math.min(Number(query.get(size) ?? 50), 100));
}

const codes: Record<Step["kind"], number> = {
  created: 1,
  sent: 6,
  viewed: 8,
  signed: 9,
  completed: 7,
  declined: 43,
  voided: 27,
  expired: 13,
};

function auditTrailOf({ walk, steps }: VendorContract, query: URLSearchParams): HttpAnswer {
  const results = steps.map((step, index) => {
    const acting = walk.recipients.find((one) => one.key === step.recipientKey) ?? walk.sender;
    return {
      id: `${walk.externalId}-${index}`,
      user: { id: `user-${index}`, email: acting.email },
      action: codes[step.kind],
      reason: step.reason ?? null,
      date_created: `${step.at.toISOString().slice(0, 19)}Z`,
      ip_address: "198.51.100.8",
    };
  });
  const page = pageOf(results, query, "limit", Number(query.get("offset") ?? 0));
  return json(200, { count: results.length, results: page });
}

function reminders({ walk, steps }: VendorContract, body: string | undefined, now: Date) {
  const asked: { reminders: { recipient_id: string }[] } = JSON.parse(body ?? '{"reminders":[]}');
  const { recipients } = detailsOf(walk, steps);
  const result = asked.reminders.map(({ recipient_id }) => {
    const waiting = recipients.some((one) => one.id === recipient_id && !one.has_completed);
    const detail = "Can't send reminder to the Recipient who completed their part";
    const email = waiting
      ? { status: "sent", sent_at: timeText(now) }
      : { status: "error", detail };
    return { recipient_id, email };
  });
  return json(200, { result });
}

function isCompleted({ steps }: VendorContract): boolean {
  return steps.some((step) => step.kind === "completed");
}

function pdfOf({ walk }: VendorContract): HttpAnswer {
  return {
    status: 200,
    headers: { "content-type": "application/pdf" },
    body: tinyPdf(walk.title),
  };
}

function notFound(): HttpAnswer {
  return json(404, { type: "request_error", detail: "Not found" });
}

function notCompleted(): HttpAnswer {
  return json(409, { type: "request_error", detail: "Document has incorrect status" });
}

function json(status: number, body: object): HttpAnswer {
  const headers = { "content-type": "application/json" };
  return { status, headers, body: Buffer.from(JSON.stringify(body)) };
}
