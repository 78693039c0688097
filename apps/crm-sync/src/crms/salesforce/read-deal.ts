import type { z } from "zod";
import type { FieldValue } from "../../mapping/mapping.ts";
import type { ContactRecord, Deal, Fields, RelatedRecord, Stage } from "../crm.ts";
import type { OpportunityAnswer, ParentAnswer, StagesAnswer } from "./schema.ts";

export const stagesQuery =
  "SELECT ApiName, MasterLabel, SortOrder, IsActive, IsClosed, IsWon FROM OpportunityStage ORDER BY SortOrder";

/** The fields that countersign.yaml writes, by whose they are. */
export type FieldNames = {
  deal: readonly string[];
  account: readonly string[];
  contact: readonly string[];
};

const alwaysRead = [
  "Id",
  "Name",
  "Amount",
  "StageName",
  "IsClosed",
  "IsWon",
  "LastModifiedDate",
  "Account.Id",
  "Account.Name",
  "Owner.Email",
];

/**
 * One query for Opportunities with all that is wanted of what they belong to. Ids of 15 and 18 characters
 * find the same record (developer.salesforce.com, SOQL: relationship queries).
 */
export function dealsQuery(
  ids: readonly string[],
  { deal, account, contact }: FieldNames,
  hasCurrencies: boolean,
): string {
  const fields = new Set([
    ...alwaysRead,
    ...(hasCurrencies ? ["CurrencyIsoCode"] : []),
    ...deal,
    ...(account.length > 0 ? ["LastModifiedDate", ...account] : []).map(
      (name) => `Account.${name}`,
    ),
  ]);
  const roles = ["Id", "Email", "LastModifiedDate", ...contact].map((name) => `Contact.${name}`);
  const contacts =
    contact.length > 0
      ? [`(SELECT IsPrimary, ${roles.join(", ")} FROM OpportunityContactRoles)`]
      : [];
  const wanted = ids.map((id) => `'${id.replaceAll(/[^A-Za-z0-9]/g, "")}'`);
  return `SELECT ${[...fields, ...contacts].join(", ")} FROM Opportunity WHERE Id IN (${wanted.join(", ")})`;
}

export function toStages({ records }: z.infer<typeof StagesAnswer>): Stage[] {
  return records
    .toSorted((a, b) => a.SortOrder - b.SortOrder)
    .map((record) => ({
      id: record.ApiName,
      label: record.MasterLabel,
      closed: closedAs(record),
      retired: !record.IsActive,
    }));
}

/** What an org says of all its Opportunities. */
export type DealsOrg = { stages: Stage[]; currency: string | null | undefined; url: string };

export function toDeal(
  answer: z.infer<typeof OpportunityAnswer>,
  { deal, account, contact }: FieldNames,
  { stages, currency, url }: DealsOrg,
): Deal {
  return {
    recordId: answer.Id,
    // Opportunities cannot be merged.
    formerIds: [],
    pipeline: null,
    pipelineLabel: null,
    stage: answer.StageName ?? "",
    closed: closedAs(answer),
    stages,
    fields: readFields(answer, deal),
    account: answer.Account === null ? null : toRelated(answer.Account, account),
    contacts: (answer.OpportunityContactRoles?.records ?? []).flatMap((role) =>
      role.Contact === null ? [] : toContact(role.Contact, role.IsPrimary, contact),
    ),
    facts: {
      name: answer.Name ?? null,
      amount: answer.Amount ?? null,
      currency: answer.CurrencyIsoCode ?? currency,
      account: answer.Account?.Name ?? null,
      ownerEmail: answer.Owner?.Email ?? null,
      url: `${url}/lightning/r/Opportunity/${answer.Id}/view`,
    },
    changedAt: answer.LastModifiedDate,
  };
}

type Parent = z.infer<typeof ParentAnswer>;

function toRelated(parent: Parent, names: readonly string[]): RelatedRecord {
  const { Id: recordId, LastModifiedDate: changedAt = "" } = parent;
  return { recordId, fields: readFields(parent, names), changedAt };
}

function toContact(parent: Parent, primary: boolean, names: readonly string[]): ContactRecord {
  return { ...toRelated(parent, names), email: parent.Email ?? null, primary };
}

function closedAs({ IsClosed, IsWon }: { IsClosed: boolean; IsWon: boolean }): Stage["closed"] {
  if (!IsClosed) return null;
  return IsWon ? "won" : "lost";
}

function readFields(record: Record<string, unknown>, names: readonly string[]): Fields {
  return Object.fromEntries(names.map((name) => [name, toValue(record[name])]));
}

function toValue(value: unknown): FieldValue | null {
  if (typeof value === "string") return value === "" ? null : value;
  return typeof value === "number" || typeof value === "boolean" ? value : null;
}
