import { differences, type Fields, type Journal } from "../crm-journal.ts";
import { refusal, type Refusal } from "./answers.ts";
import { mayUse, visibleFields, type Access } from "./access.ts";
import { checkFields } from "./check-fields.ts";
import { readId, toLongId } from "./record-id.ts";
import { timestamp } from "./timestamp.ts";

export type RelatedObject = "Account" | "Contact";

/** What opportunities belong to. */
export type Related = {
  Account: Map<string, Fields>;
  Contact: Map<string, Fields>;
  roles: { Id: string; OpportunityId: string; ContactId: string; IsPrimary: boolean }[];
};

const prefixes: Record<RelatedObject, string> = { Account: "001", Contact: "003" };

export function seedRelated(
  accounts: readonly { Id: string; Name: string }[],
  at: string,
): Related {
  const times = { LastModifiedDate: at, Last_Contract__c: null };
  const records = accounts.map((account) => [account.Id, { ...account, ...times }] as const);
  return { Account: new Map(records), Contact: new Map(), roles: [] };
}

/** An account of its own; its id. */
export function addAccount(related: Related, Name: string, at: string): string {
  const Id = idOf("Account", related.Account.size + 1);
  related.Account.set(Id, { Id, Name, LastModifiedDate: at, Last_Contract__c: null });
  return Id;
}

/** A contact of the opportunity; the first one is the primary one. */
export function addContact(
  related: Related,
  opportunityId: string,
  Email: string,
  at: string,
): void {
  const number = related.Contact.size + 1;
  const Id = idOf("Contact", number);
  const names = { FirstName: "Billie", LastName: "Buyer" };
  const empty = { Last_Signed_Title__c: null };
  related.Contact.set(Id, { Id, Email, ...names, ...empty, LastModifiedDate: at });
  related.roles.push({
    Id: toLongId(`00K${String(number).padStart(12, "0")}`),
    OpportunityId: opportunityId,
    ContactId: Id,
    IsPrimary: !related.roles.some((role) => role.OpportunityId === opportunityId),
  });
}

function idOf(object: RelatedObject, number: number): string {
  return toLongId(`${prefixes[object]}${String(number).padStart(12, "0")}`);
}

export function findRelated(
  related: Related,
  object: RelatedObject,
  text: string,
): { record: Fields; id: string } | Refusal {
  const read = readId(text, prefixes[object]);
  if (read.kind !== "id") return refusal(400, "MALFORMED_ID", `malformed id ${text}`, ["Id"]);
  const record = related[object].get(read.id);
  if (record !== undefined) return { record, id: read.id };
  return refusal(404, "NOT_FOUND", "The requested resource does not exist");
}

/** The user may read records of this kind, and not edit them. */
export const mayNotEdit = refusal(
  403,
  "INSUFFICIENT_ACCESS_OR_READONLY",
  "insufficient access rights on object id",
);

type Update = {
  state: { related: Related; refusals: ReadonlyMap<string, Refusal>; access: Access };
  journal: Journal;
  now: Date;
  by: string;
};

export function updateRelated(
  { state, journal, now, by }: Update,
  object: RelatedObject,
  id: string,
  written: Record<string, unknown>,
): { ok: true; id: string } | { ok: false; refusal: Refusal } {
  const refused = by === "api" ? state.refusals.get(id) : undefined;
  if (refused !== undefined) return { ok: false, refusal: refused };
  if (by === "api" && !mayUse(state.access, object, "edit"))
    return { ok: false, refusal: mayNotEdit };
  const before = state.related[object].get(id) ?? {};
  const fields = by === "api" ? visibleFields(state.access, object) : state.access.fields[object];
  const checked = checkFields(written, before, fields, object);
  if (!checked.ok) return checked;
  const changes = differences(before, checked.values);
  const LastModifiedDate = timestamp(now);
  state.related[object].set(id, { ...before, ...checked.values, LastModifiedDate });
  journal.record(id, changes, by);
  return { ok: true, id };
}
