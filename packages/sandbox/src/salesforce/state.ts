import { differences, type Fields, type Journal } from "../crm-journal.ts";
import { noResource, refusal, type Refusal } from "./answers.ts";
import { checkFields } from "./check-fields.ts";
import { emptyContent, type Content } from "./content.ts";
import { accounts, seedDeals, users } from "./deals.ts";
import { opportunityFields } from "./fields.ts";
import { mayUse, seedAccess, visibleFields, type Access } from "./access.ts";
import { readId, toLongId } from "./record-id.ts";
import { addAccount, addContact, mayNotEdit, seedRelated, type Related } from "./related.ts";
import { findStage } from "./stages.ts";
import { timestamp } from "./timestamp.ts";

const keyPrefix = "006";

export type SalesforceState = {
  opportunities: Map<string, Fields>;
  related: Related;
  /** Fields without which no opportunity may be in a closed stage: a validation rule. */
  requiredOnceClosed: Set<string>;
  /** Records that the API cannot write. */
  refusals: Map<string, Refusal>;
  access: Access;
  content: Content;
};

export type Write = { state: SalesforceState; journal: Journal; now: Date; by: string };
export type Saved = { ok: true; id: string } | { ok: false; refusal: Refusal };

export function seedState(now: Date): SalesforceState {
  const created = timestamp(new Date(now.getTime() - 30 * 86_400_000));
  const records = seedDeals.map(({ account, owner, ...fields }) => ({
    ...emptyRecord(fields.Id, created),
    ...fields,
    AccountId: accounts[account - 1]?.Id ?? null,
    OwnerId: users[owner - 1]?.Id ?? null,
  }));
  const related = seedRelated(accounts, created);
  for (const [index, { Id }] of seedDeals.entries()) {
    addContact(related, Id, `buyer${index + 1}@buyer.example`, created);
  }
  return {
    opportunities: new Map(records.map((record) => [record.Id, derive(record, record.StageName)])),
    related,
    requiredOnceClosed: new Set(),
    refusals: new Map(),
    access: seedAccess(),
    content: emptyContent(),
  };
}

/** Reads what `timestamp` wrote. */
export function instantOf(text: Fields[string] | undefined): Date {
  return new Date(String(text).replace("+0000", "Z"));
}

function emptyRecord(id: string, at: string) {
  const times = { CreatedDate: at, LastModifiedDate: at, SystemModstamp: at };
  const empty = Object.fromEntries(opportunityFields.map(({ name }) => [name, null]));
  return { ...empty, Id: id, IsDeleted: false, LastStageChangeDate: at, ...times };
}

/** IsClosed, IsWon, forecast and probability follow the stage; a probability of one's own lasts until the next one. */
function derive(record: Fields, stageName: Fields[string], probability?: Fields[string]): Fields {
  const stage = findStage(stageName);
  const percent = probability ?? stage?.probability ?? 0;
  return {
    ...record,
    IsClosed: stage?.closed === true,
    IsWon: stage?.won === true,
    ForecastCategory: stage?.forecastCategory ?? null,
    ForecastCategoryName: stage?.forecastCategoryName ?? null,
    Probability: percent,
    ExpectedRevenue: (Number(record["Amount"] ?? 0) * Number(percent)) / 100,
  };
}

/** A live record, or why there is none. `inCollection`: Salesforce uses other codes there. */
export function findRecord(
  state: SalesforceState,
  text: string,
  inCollection = false,
): { record: Fields; id: string } | Refusal {
  const read = readId(text, keyPrefix);
  if (read.kind === "not-an-id" && !inCollection) {
    const message = `Provided external ID field does not exist or is not accessible: ${text}`;
    return refusal(404, "NOT_FOUND", message);
  }
  if (read.kind !== "id") return refusal(400, "MALFORMED_ID", `malformed id ${text}`, ["Id"]);
  const record = state.opportunities.get(read.id);
  if (record === undefined) {
    return inCollection
      ? refusal(400, "INVALID_CROSS_REFERENCE_KEY", "invalid cross reference id")
      : noResource();
  }
  if (record["IsDeleted"] === true) return refusal(404, "ENTITY_IS_DELETED", "entity is deleted");
  return { record, id: read.id };
}

export function liveRecords(state: SalesforceState): Fields[] {
  return [...state.opportunities.values()].filter(({ IsDeleted }) => IsDeleted !== true);
}

/** An accepted update moves LastModifiedDate even when it changes nothing; the journal only has what changed. */
export function updateRecord(
  { state, journal, now, by }: Write,
  id: string,
  written: Record<string, unknown>,
): Saved {
  const refused = by === "api" ? state.refusals.get(id) : undefined;
  if (refused !== undefined) return { ok: false, refusal: refused };
  if (by === "api" && !mayUse(state.access, "Opportunity", "edit"))
    return { ok: false, refusal: mayNotEdit };
  const before = state.opportunities.get(id) ?? {};
  const checked = checkFields(written, before, fieldsFor(state, by));
  if (!checked.ok) return checked;
  const taken = duplicate(state, id, checked.values);
  if (taken !== undefined) return { ok: false, refusal: taken };
  const lacking = lackingOnceClosed(state, { ...before, ...checked.values });
  if (lacking !== undefined) return { ok: false, refusal: lacking };
  const changes = differences(before, checked.values);
  const at = timestamp(now);
  const after: Fields = { ...before, ...checked.values, LastModifiedDate: at, SystemModstamp: at };
  if (changes["StageName"] !== undefined) after["LastStageChangeDate"] = at;
  const kept = changes["StageName"] === undefined ? before["Probability"] : undefined;
  const probability = checked.values["Probability"] ?? kept;
  state.opportunities.set(id, derive(after, after["StageName"] ?? null, probability));
  journal.record(id, changes, by);
  return { ok: true, id };
}

export function createRecord(
  { state, journal, now, by }: Write,
  written: Record<string, unknown>,
): Saved {
  const checked = checkFields(written, null, fieldsFor(state, by));
  if (!checked.ok) return checked;
  const id = idOf(state.opportunities.size + 1);
  const taken = duplicate(state, id, checked.values);
  if (taken !== undefined) return { ok: false, refusal: taken };
  const owned = { OwnerId: users[0].Id, ...checked.values };
  const record = { ...emptyRecord(id, timestamp(now)), ...owned };
  const { StageName = null, Probability } = checked.values;
  state.opportunities.set(id, derive(record, StageName, Probability));
  journal.record(id, differences({}, checked.values), by);
  return { ok: true, id };
}

function fieldsFor(state: SalesforceState, by: string) {
  const { access } = state;
  return by === "api" ? visibleFields(access, "Opportunity") : access.fields.Opportunity;
}

function idOf(number: number): string {
  return toLongId(`${keyPrefix}${String(number).padStart(12, "0")}`);
}

/** Copies of an open record under ids of their own. */
export function addRecords(state: SalesforceState, count: number): string[] {
  const model = state.opportunities.get(idOf(3));
  if (model === undefined) throw new Error("The record that others are copied from is gone.");
  const first = state.opportunities.size + 1;
  const ids = Array.from({ length: count }, (_, index) => idOf(first + index));
  for (const Id of ids) {
    const at = String(model["LastModifiedDate"]);
    const AccountId = addAccount(state.related, `Company of ${Id}`, at);
    addContact(state.related, Id, `buyer@${Id}.example`, at);
    state.opportunities.set(Id, { ...model, Id, AccountId });
  }
  return ids;
}

export function deleteRecord(state: SalesforceState, id: string): void {
  const record = state.opportunities.get(id);
  if (record !== undefined) state.opportunities.set(id, { ...record, IsDeleted: true });
}

function lackingOnceClosed(state: SalesforceState, after: Fields): Refusal | undefined {
  if (findStage(after["StageName"])?.closed !== true) return undefined;
  const name = [...state.requiredOnceClosed].find((field) => (after[field] ?? null) === null);
  if (name === undefined) return undefined;
  const message = `${name} is required once an opportunity is closed.`;
  return refusal(400, "FIELD_CUSTOM_VALIDATION_EXCEPTION", message, [name]);
}

function duplicate(state: SalesforceState, id: string, values: Fields): Refusal | undefined {
  for (const { name } of state.access.fields.Opportunity.filter(({ unique }) => unique)) {
    const value = values[name] ?? null;
    if (value === null) continue;
    const other = liveRecords(state).find((record) => record[name] === value);
    if (other === undefined || other["Id"] === id) continue;
    const message = `duplicate value found: ${name} duplicates value on record with id: ${String(other["Id"])}`;
    return refusal(400, "DUPLICATE_VALUE", message, [name]);
  }
  return undefined;
}
