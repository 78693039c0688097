import type { Calls } from "../calls.ts";
import { judgeFields, missingGrant, type KnownField } from "../check-fields.ts";
import { judgeStages } from "../check-stages.ts";
import { allRules, type Mapping, type RecordKind } from "../../mapping/mapping.ts";
import type { Wants } from "../attachments.ts";
import type { Stage } from "../crm.ts";
import { judgeQuota, stopsEverything, type Fault } from "../fault.ts";
import { kindsOf, type WantedField } from "../wanted-fields.ts";
import { checkAttachments } from "./check-attachments.ts";
import { judgeRequired } from "./check-required.ts";
import type { SalesforceClient } from "./client.ts";
import { describeRecords, toKnownField, words, type Described } from "./known-fields.ts";
import { VersionsAnswer } from "./schema.ts";
import { apiVersion } from "./session.ts";
import { plurals } from "./write-deal.ts";

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
  const described = await describeRecords(client, call, "deal");
  if (described === null) return [noRead("deal")];
  const stages = await readStages();
  const related: Fault[] = [];
  for (const kind of relatedKinds(wanted)) {
    related.push(...(await judgeRelated(client, call, kind, wanted)));
  }
  const unhung = await checkAttachments(client, call, wants, runAs);
  return [
    ...judgeAccess(described, mapping),
    ...judgeFields(ofKind("deal", wanted), knownFields(described), words),
    ...(await judgeRequired(client, call, "deal", described, wanted)),
    ...stagesOf(mapping).flatMap((mapped) => judgeStages(mapped, stages)),
    ...related,
    ...unhung,
    ...judgeQuota("salesforce", client.quota(), share),
  ];
}

const runAs = "Salesforce: the user that Countersign runs as";

/** Accounts are always read, for their names. */
function relatedKinds(wanted: readonly WantedField[]): RecordKind[] {
  return [...new Set<RecordKind>(["account", ...kindsOf(wanted)])].filter(
    (kind) => kind !== "deal",
  );
}

/** Opportunities are read together with what they belong to: where that cannot be read, nothing is written. */
async function judgeRelated(
  client: SalesforceClient,
  call: Calls,
  kind: RecordKind,
  wanted: readonly WantedField[],
): Promise<Fault[]> {
  const described = await describeRecords(client, call, kind);
  if (described === null) return [noRead(kind)];
  const written = ofKind(kind, wanted);
  if (written.length === 0) return [];
  return [
    ...(described.updateable ? [] : [noEdit(kind)]),
    ...judgeFields(written, knownFields(described), words),
    ...(await judgeRequired(client, call, kind, described, written)),
  ];
}

function ofKind(kind: RecordKind, wanted: readonly WantedField[]): WantedField[] {
  return wanted.filter(({ on }) => on === kind);
}

/** Where no such record can be edited, that is the one fault, and not one of each field. */
function knownFields({ updateable, fields }: Described): KnownField[] {
  const known = fields.map(toKnownField);
  return updateable ? known : known.map((field) => ({ ...field, writable: true }));
}

function noRead(kind: RecordKind): Fault {
  const name = plurals[kind];
  return missingGrant(
    runAs,
    `Read on ${name}${bySetup}`,
    kind === "deal"
      ? `The user does not see ${name} at all.`
      : `The user does not see ${name} at all, and Opportunities are read together with them.`,
  );
}

function noEdit(kind: RecordKind): Fault {
  const name = plurals[kind];
  return missingGrant(
    runAs,
    `Edit on ${name}${bySetup}`,
    `The user may not edit ${name}.`,
    kind === "deal" ? stopsEverything : { what: "record", on: kind },
  );
}

const bySetup = " (countersign setup salesforce makes a permission set with it)";

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

function judgeAccess({ updateable, fields }: Described, mapping: Mapping): Fault[] {
  if (!updateable) return [noEdit("deal")];
  const stage = fields.find(({ name }) => name === "StageName");
  const moves = stagesOf(mapping).some(({ stages }) => Object.keys(stages).length > 0);
  if (!moves || stage?.updateable === true) return [];
  return [
    missingGrant(runAs, "Edit access to the field Stage", "The user may not change the stage."),
  ];
}
