import type { z } from "zod";
import type { Calls } from "../calls.ts";
import {
  judgeFields,
  missingGrant,
  type FieldWords,
  type KnownField,
  type WantedField,
} from "../check-fields.ts";
import { judgeStages } from "../check-stages.ts";
import { allRules, type Mapping } from "../../mapping/mapping.ts";
import type { Wants } from "../attachments.ts";
import type { Stage } from "../crm.ts";
import { judgeQuota, stopsEverything, type Fault } from "../fault.ts";
import { checkAttachments } from "./check-attachments.ts";
import type { SalesforceClient } from "./client.ts";
import { isNotFound } from "./errors.ts";
import { DescribeAnswer, VersionsAnswer } from "./schema.ts";
import { apiVersion } from "./session.ts";

/** Asks the org for all that countersign.yaml takes for granted. Rejects with CredentialError where it lets nobody in. */
export async function checkSalesforce(
  client: SalesforceClient,
  call: Calls,
  readStages: () => Promise<Stage[]>,
  mapping: Mapping,
  wanted: readonly WantedField[],
  { wants, share }: { wants: Wants; share: number },
): Promise<Fault[]> {
  const versions = await call("read-versions", () => client.versions(VersionsAnswer));
  const unserved = judgeVersion(versions.map(({ version }) => version));
  if (unserved.length > 0) return unserved;
  const described = await call("describe", () =>
    client.get("/sobjects/Opportunity/describe", DescribeAnswer, {}).catch(nullWhereHidden),
  );
  if (described === null) return [missingGrant(runAs, "Read on Opportunities", noRead)];
  const stages = await readStages();
  const unhung = await checkAttachments(client, call, wants, runAs);
  return [
    ...judgeAccess(described, mapping),
    ...judgeFields(wanted, described.fields.map(toKnownField), words),
    ...stagesOf(mapping).flatMap((mapped) => judgeStages(mapped, stages)),
    ...unhung,
    ...judgeQuota("salesforce", client.quota(), share),
  ];
}

const runAs = "Salesforce: the user that Countersign runs as";
const noRead = "The user does not see Opportunities at all.";

function judgeVersion(versions: string[]): Fault[] {
  if (versions.includes(apiVersion)) return [];
  return [
    {
      code: "api-version",
      place: "salesforce",
      message: `The org does not serve the API version ${apiVersion}. It serves ${versions.join(", ")}.`,
      fix: `Use a Countersign that calls one of these versions.`,
      stops: stopsEverything,
    },
  ];
}

/** Mappings that share their stages share one object. */
function stagesOf(mapping: Mapping) {
  return [...new Set(allRules(mapping).flatMap((rules) => rules.stages))];
}

function judgeAccess(
  { updateable, fields }: z.infer<typeof DescribeAnswer>,
  mapping: Mapping,
): Fault[] {
  if (!updateable) {
    return [
      missingGrant(
        runAs,
        "Edit on Opportunities (countersign setup salesforce makes a permission set with it)",
        "The user may not edit Opportunities.",
      ),
    ];
  }
  const stage = fields.find(({ name }) => name === "StageName");
  const moves = stagesOf(mapping).some(({ stages }) => Object.keys(stages).length > 0);
  if (!moves || stage?.updateable === true) return [];
  return [
    missingGrant(runAs, "Edit access to the field Stage", "The user may not change the stage."),
  ];
}

const words: FieldWords = {
  noun: "field",
  readsWithoutMissing: false,
  timesTakeDates: false,
  missing: (name) =>
    `Create the Opportunity field ${name} and give the user access to it (countersign setup salesforce does both), or correct its name.`,
  readOnly: (name) =>
    `Grant Edit access to Opportunity.${name} (countersign setup salesforce does). A formula or system field cannot be written at all: name another.`,
};

type Field = z.infer<typeof DescribeAnswer>["fields"][number];

function toKnownField(field: Field): KnownField {
  const kind = kinds[field.type] ?? "other";
  const closed = kind === "choice" && field.restrictedPicklist;
  const active = field.picklistValues.filter(({ active }) => active);
  return {
    name: field.name,
    kind,
    options: closed ? active.map(({ value }) => value) : null,
    length: kind === "text" && field.length > 0 ? field.length : null,
    writable: field.updateable,
  };
}

/** Types of developer.salesforce.com, "Field Types". A picklist that is not restricted takes any text. */
const kinds: Record<string, KnownField["kind"]> = {
  string: "text",
  textarea: "text",
  url: "url",
  picklist: "choice",
  combobox: "choice",
  date: "date",
  datetime: "date-time",
  double: "number",
  int: "number",
  currency: "number",
  percent: "number",
  boolean: "yes-or-no",
};

function nullWhereHidden(error: unknown): null {
  if (isNotFound(error)) return null;
  throw error;
}
