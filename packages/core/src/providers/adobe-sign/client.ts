import { z } from "zod";
import type {
  Answer,
  AuditEntry,
  AuditTrail,
  ContractReading,
  ProviderClient,
  SignedDocument,
} from "../client.ts";
import { textIn } from "../lenient.ts";
import { allPages, jsonIn, ok } from "../rest.ts";
import { isFinished, isWaitedFor } from "./agreement.ts";
import { access, connectTo, type Access, type Api } from "./api.ts";
import { filesOf } from "./files.ts";
import { normalize } from "./normalize.ts";
import { readMembers, readTrail } from "./schema.ts";
import { settings } from "./settings.ts";

/** Acrobat Sign REST v6: secure.adobesign.com/public/docs/restapi/v6. */
export const client: ProviderClient<Access> = {
  access,
  connect(access, { http, now }) {
    const api = connectTo(access, http);
    return {
      fetchContract: (id) => fetchContract(api, id, now()),
      listChangedSince: (since) => listChangedSince(api, since),
      fetchAuditTrail: (id) => fetchAuditTrail(api, id),
      fetchSignedDocument: (id) => fetchSignedDocument(api, id),
      files: filesOf(api),
      sendReminder: (id, recipientKey) => sendReminder(api, id, recipientKey),
    };
  },
};

function pathOf(id: string, part = ""): string {
  return `agreements/${encodeURIComponent(id)}${part}`;
}

/** Three answers put together as they came: the agreement, its members and what happened to it. */
async function fetchContract(api: Api, id: string, now: Date): Promise<Answer<ContractReading>> {
  const agreement = await api({ method: "GET", path: pathOf(id) });
  if (agreement.outcome !== "ok") return agreement;
  const members = await api({ method: "GET", path: pathOf(id, "/members") });
  if (members.outcome !== "ok") return members;
  const events = await api({ method: "GET", path: pathOf(id, "/events") });
  if (events.outcome !== "ok") return events;
  const parts = { agreement: agreement.value, members: members.value, events: events.value };
  const texts = Object.entries(parts).map(([name, { body }]) => `"${name}":${textIn(body)}`);
  const body = Buffer.from(`{${texts.join(",")}}`);
  const read = normalize({ body }, { settings: settings.parse({}), receivedAt: now });
  const [report] = read.understood ? read.reports : [];
  if (report === undefined) throw new Error("Adobe's answer about an agreement cannot be read.");
  return ok({ report, url: agreement.value.url, body });
}

const searchResult = z.object({
  agreementAssetsResults: z.object({
    agreementAssetsResultList: z.array(z.object({ id: z.string() })),
    searchPageInfo: z.object({ nextIndex: z.number().nullish() }).nullish(),
  }),
});

/** By search, since GET /agreements knows no times. */
async function listChangedSince(api: Api, since: Date): Promise<Answer<string[]>> {
  let startIndex = 0;
  return allPages(10_000, async () => {
    const criteria = {
      type: ["AGREEMENT"],
      modifiedDate: { range: { gt: since.toISOString() } },
      visibility: "SHOW_ALL",
      startIndex,
      pageSize: 50,
    };
    const body = { scope: ["AGREEMENT_ASSETS"], agreementAssetsCriteria: criteria };
    const answer = await api({ method: "POST", path: "search", body });
    if (answer.outcome !== "ok") return answer;
    const { agreementAssetsResults: found } = searchResult.parse(jsonIn(answer.value));
    const next = found.searchPageInfo?.nextIndex ?? 0;
    const more = next > startIndex;
    startIndex = next;
    return ok({ items: found.agreementAssetsResultList.map((one) => one.id), more });
  });
}

async function fetchAuditTrail(api: Api, id: string): Promise<Answer<AuditTrail>> {
  const answer = await api({ method: "GET", path: pathOf(id, "/events") });
  if (answer.outcome !== "ok") return answer;
  const entries = readTrail(jsonIn(answer.value)).flatMap((event): AuditEntry[] => {
    if (event?.type === undefined || event.date === undefined) return [];
    const { actingUserName: name = null, actingUserEmail: email = null } = event;
    return [
      {
        at: event.date,
        action: event.type.toLowerCase().replaceAll("_", " "),
        actor: name === null && email === null ? null : { name, email },
        ip: event.actingUserIpAddress ?? null,
        detail: event.description ?? event.comment ?? null,
      },
    ];
  });
  return ok({ entries });
}

const agreementInfo = z.object({ name: z.string().catch("agreement"), status: z.string() });

/** Adobe has a combined document of an agreement that is not finished, too: that one is not given out. */
async function fetchSignedDocument(api: Api, id: string): Promise<Answer<SignedDocument>> {
  const agreement = await api({ method: "GET", path: pathOf(id) });
  if (agreement.outcome !== "ok") return agreement;
  const { name, status } = agreementInfo.parse(jsonIn(agreement.value));
  if (!isFinished(status)) {
    const message = `The agreement's status is ${status}: there is no signed document.`;
    return { outcome: "refused", code: "not-completed", message };
  }
  const file = await api({ method: "GET", path: pathOf(id, "/combinedDocument") });
  if (file.outcome !== "ok") return file;
  const contentType = file.value.headers["content-type"]?.split(";")[0] ?? "application/pdf";
  return ok({ name: `${name}.pdf`, contentType, bytes: file.value.body });
}

async function sendReminder(
  api: Api,
  id: string,
  recipientKey: string | null,
): Promise<Answer<null>> {
  const answer = await api({ method: "GET", path: pathOf(id, "/members") });
  if (answer.outcome !== "ok") return answer;
  const waitedFor = readMembers(jsonIn(answer.value)).filter(isWaitedFor);
  const wanted = waitedFor.filter((one) => recipientKey === null || one.key === recipientKey);
  const recipientParticipantIds = wanted.flatMap((one) => one.memberId ?? []);
  if (recipientParticipantIds.length === 0) {
    const message = "It is not this person's turn, or nobody's.";
    return { outcome: "refused", code: "nobody-to-remind", message };
  }
  const body = { recipientParticipantIds, status: "ACTIVE" };
  const sent = await api({ method: "POST", path: pathOf(id, "/reminders"), body });
  return sent.outcome === "ok" ? ok(null) : sent;
}
