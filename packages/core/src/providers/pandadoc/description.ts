import type { ContractDescription } from "../../contract-event.ts";
import { limits } from "../../limits.ts";
import type { Happening } from "../facts.ts";
import { fieldsOf, known } from "../lenient.ts";
import type { LinkedObject, PandaDocument } from "./document.ts";
import type { Settings } from "./settings.ts";

/** What a body says the document is, as of its last change. */
export function description(
  document: PandaDocument,
  reportedAt: string,
  settings: Pick<Settings, "webAppUrl">,
): Happening {
  return {
    type: "contract.noted",
    at: reportedAt,
    mark: document.modifiedAt ?? "",
    note: "described",
    description: describe(document, settings),
  };
}

function describe(
  document: PandaDocument,
  settings: Pick<Settings, "webAppUrl">,
): ContractDescription {
  const sender = document.sentBy ?? document.createdBy;
  const { recipients } = document;
  return known({
    title: document.title,
    sender: sender && known({ name: sender.name, email: sender.email }),
    fields: fieldsIn(document),
    amount: document.amount,
    url: new URL(`/a/#/documents/${encodeURIComponent(document.id)}`, settings.webAppUrl).href,
    expiresAt: document.expiresAt,
    recipients: recipients?.map(({ key, name, email, role, order }) =>
      known({ key, name, email, role, order }),
    ),
    recipientsAreComplete: recipients && recipients.length < limits.recipients,
  });
}

/** Metadata, and the CRM's records as the fields that link them. Undefined where neither is there. */
export function fieldsIn({
  metadata,
  linkedObjects,
}: PandaDocument): Record<string, string> | undefined {
  const linked = linkedObjects.flatMap(linkOf);
  if (metadata === undefined && linked.length === 0) return undefined;
  return fieldsOf([...linked, ...Object.entries(metadata ?? {})]);
}

function linkOf({ provider, entityType, entityId }: LinkedObject): [string, string][] {
  const field = fieldOfLink(provider, entityType);
  return field === null ? [] : [[field, entityId]];
}

/** The field that a CRM's record stands for: developers.pandadoc.com/reference/document-link-to-crm. */
export function fieldOfLink(
  provider: string | undefined,
  entityType: string | undefined,
): string | null {
  if (provider === "hubspot" && entityType === "deal") return "hubspot_deal_id";
  const isSalesforce = provider !== undefined && /^salesforce(-|$)/.test(provider);
  return isSalesforce && entityType === "opportunity" ? "salesforce_opportunity_id" : null;
}
