import { z } from "zod";
import type { Answer, ContractReading, Http, ProviderClient } from "../client.ts";
import { allPages, jsonIn, mapAnswer, ok } from "../rest.ts";
import { access, type Access } from "./access.ts";
import { createApi, type Api, type Called } from "./api.ts";
import { auditEntries } from "./audit.ts";
import { fieldsOf } from "./fields.ts";
import { filesOf } from "./files.ts";
import { normalize } from "./normalize.ts";
import { settings } from "./settings.ts";

type Ports = { http: Http; now: () => Date; settings?: unknown };

/** 10,000 envelopes at most. */
const pages = 100;

const pageSize = 100;

const page = z.object({
  envelopes: z.array(z.object({ envelopeId: z.string() })).catch([]),
  /** Numbers are text here. */
  endPosition: z.coerce.number().catch(0),
  totalSetSize: z.coerce.number().catch(0),
});

/** The eSignature REST API v2.1: developers.docusign.com, "Envelopes". */
export const client: ProviderClient<Access> = {
  access,
  connect(given, ports) {
    const api = createApi(given, ports);
    return {
      async fetchContract(externalId) {
        const answer = await api("GET", `${at(externalId)}?include=recipients,custom_fields`);
        return mapAnswer(answer, (called) => reading(called, ports));
      },
      listChangedSince: (since) => listChanged(api, since),
      async fetchAuditTrail(externalId) {
        const answer = await api("GET", `${at(externalId)}/audit_events`);
        return mapAnswer(answer, (called) => ({ entries: auditEntries(jsonIn(called)) }));
      },
      /** The documents in one file, with the certificate of completion behind them. */
      async fetchSignedDocument(externalId) {
        const path = `${at(externalId)}/documents/combined?certificate=true`;
        const answer = await api("GET", path, { accept: "application/pdf" });
        const file = { name: `${externalId}.pdf`, contentType: "application/pdf" };
        return mapAnswer(answer, ({ body }) => ({ ...file, bytes: body }));
      },
      files: filesOf(api),
      fields: fieldsOf(api),
      /**
       * To everybody whose turn it is, whoever is named: DocuSign resends an envelope, not a letter. The call
       * is from memory of the SDK's `Envelopes: update` and was not seen in the vendor's pages.
       */
      async sendReminder(externalId) {
        return mapAnswer(await api("PUT", `${at(externalId)}?resend_envelope=true`), () => null);
      },
    };
  },
};

function at(externalId: string): string {
  return `/envelopes/${encodeURIComponent(externalId)}`;
}

/** An envelope of the API has the shape of `envelopeSummary`, so a webhook's reader reads it. */
function reading({ url, body }: Called, ports: Ports): ContractReading {
  const context = { settings: settings.parse(ports.settings ?? {}), receivedAt: ports.now() };
  const result = normalize({ body }, context);
  const [report] = result.understood ? result.reports : [];
  if (report === undefined) throw new Error("DocuSign's API answered with what is no envelope.");
  return { report, url, body };
}

/**
 * Envelopes whose status changed since then. What one recipient does may not count as such a change, so
 * open envelopes are to be read again from time to time. `Envelopes: listStatusChanges`.
 */
async function listChanged(api: Api, since: Date): Promise<Answer<string[]>> {
  let start = 0;
  return allPages(pages, async () => {
    const query = new URLSearchParams({
      from_date: since.toISOString(),
      from_to_status: "changed",
      count: String(pageSize),
      start_position: String(start),
    });
    const answer = await api("GET", `/envelopes?${query.toString()}`);
    if (answer.outcome !== "ok") return answer;
    const { envelopes, endPosition, totalSetSize } = page.parse(jsonIn(answer.value));
    start = endPosition + 1;
    const items = envelopes.map((one) => one.envelopeId.toLowerCase());
    return ok({ items, more: start < totalSetSize });
  });
}
