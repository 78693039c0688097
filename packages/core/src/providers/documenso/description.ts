import type { ContractDescription } from "../../contract-event.ts";
import { limits } from "../../limits.ts";
import { fieldsInExternalId } from "../external-id.ts";
import { latest, type Happening } from "../facts.ts";
import { fieldsOf, known } from "../lenient.ts";
import type { DocumensoDocument } from "./document.ts";
import type { Settings } from "./settings.ts";

/** What a body says the document is, as of the latest thing it shows with a time: attempts do not change that. */
export function description(
  document: DocumensoDocument,
  latestAt: string,
  settings: Settings,
): Happening {
  const mark = changedAt(document) ?? "";
  return {
    type: "contract.noted",
    at: mark || latestAt,
    mark,
    note: "described",
    description: describe(document, settings),
  };
}

/** The latest of the times that a body gives. An opening leaves none. */
export function changedAt(document: DocumensoDocument): string | undefined {
  const { createdAt, updatedAt, closedAt, deletedAt, recipients = [] } = document;
  const acts = recipients.flatMap((one) => [one.actedAt, one.linkExpiredAt]);
  return latest([createdAt, updatedAt, closedAt, deletedAt, ...acts]);
}

function describe(document: DocumensoDocument, settings: Settings): ContractDescription {
  const { title, owner, externalId, recipients } = document;
  return known({
    title,
    sender: owner && known(owner),
    fields: externalId === undefined ? undefined : fieldsOf(fieldsInExternalId(externalId)),
    url: urlOf(document, settings),
    recipients: recipients?.map(({ key, name, email, role, order }) =>
      known({ key, name, email, role, order }),
    ),
    recipientsAreComplete: recipients && recipients.length < limits.recipients,
  });
}

function urlOf({ id }: DocumensoDocument, { webAppUrl, team }: Settings): string {
  const pages = team === undefined ? "/documents" : `/t/${encodeURIComponent(team)}/documents`;
  return new URL(`${pages}/${encodeURIComponent(id)}`, webAppUrl).href;
}
