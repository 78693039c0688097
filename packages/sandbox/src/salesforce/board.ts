import type { DealEdit, DealStage, DealView } from "../crm-fake.ts";
import type { Fields } from "../crm-journal.ts";
import { attachedTo, type Content } from "./content.ts";
import { users } from "./deals.ts";
import type { Related } from "./related.ts";
import { stages, type Stage } from "./stages.ts";
import { instantOf } from "./state.ts";

/** An opportunity in neutral words. */
export function viewDeal(record: Fields, { Account }: Related, content: Content): DealView {
  const owner = users.find(({ Id }) => Id === record["OwnerId"]);
  const stageName = text(record["StageName"]) ?? "";
  return {
    id: text(record["Id"]) ?? "",
    name: text(record["Name"]) ?? "",
    company: text(Account.get(text(record["AccountId"]) ?? "")?.["Name"]) ?? "",
    amount: typeof record["Amount"] === "number" ? record["Amount"] : null,
    currency: "USD",
    owner: owner === undefined ? "" : `${owner.FirstName} ${owner.LastName}`,
    closeDate: text(record["CloseDate"]),
    stageId: stageName,
    stageLabel: stageName,
    stages: stages.map(viewStage),
    closed: record["IsClosed"] === true,
    contract: {
      status: text(record["Contract_Status__c"]),
      signedDate: text(record["Contract_Signed_Date__c"]),
      url: text(record["Contract_URL__c"]),
    },
    attached: attachedTo(content, text(record["Id"]) ?? ""),
    updatedAt: instantOf(record["LastModifiedDate"]).toISOString(),
  };
}

function viewStage({ name, closed, won }: Stage): DealStage {
  return { id: name, label: name, closed, won };
}

function text(value: Fields[string] | undefined): string | null {
  return typeof value === "string" ? value : null;
}

/** The fields that a person's edit writes. */
export function editedFields(edit: DealEdit): Fields {
  const written = {
    StageName: edit.stageId,
    Name: edit.name,
    Amount: edit.amount,
    OwnerId: users.find(({ Email }) => Email === edit.ownerEmail)?.Id,
    Contract_Status__c: edit.contractStatus,
    Contract_Signed_Date__c: edit.contractSignedDate,
    Contract_URL__c: edit.contractUrl,
  };
  return Object.fromEntries(
    Object.entries(written).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, value]],
    ),
  );
}
