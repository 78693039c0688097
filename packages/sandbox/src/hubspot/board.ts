import type { DealEdit, DealStage, DealView } from "../crm-fake.ts";
import { owners } from "./deals.ts";
import { findStage, isWon, pipelines, type Stage } from "./pipelines.ts";
import type { Deal } from "./state.ts";
import { attachedTo, type Timeline } from "./timeline.ts";

/** A deal in neutral words. */
export function viewDeal(deal: Deal, timeline: Timeline): DealView {
  const { properties } = deal;
  const owner = owners.find(({ id }) => id === properties["hubspot_owner_id"]);
  const stage = findStage(properties["pipeline"], properties["dealstage"] ?? "");
  const pipeline = pipelines.find(({ id }) => id === properties["pipeline"]);
  return {
    id: deal.id,
    name: properties["dealname"] ?? "",
    company: deal.company,
    amount: properties["amount"] == null ? null : Number(properties["amount"]),
    currency: properties["deal_currency_code"] ?? "USD",
    owner: owner === undefined ? "" : `${owner.firstName} ${owner.lastName}`,
    closeDate: properties["closedate"]?.slice(0, 10) ?? null,
    stageId: properties["dealstage"] ?? "",
    stageLabel: stage?.label ?? "",
    stages: (pipeline?.stages ?? []).map(viewStage),
    closed: stage?.closed === true,
    contract: {
      status: properties["contract_status"] ?? null,
      signedDate: properties["contract_signed_date"] ?? null,
      url: properties["contract_url"] ?? null,
    },
    attached: attachedTo(timeline, deal.id),
    updatedAt: deal.updatedAt,
  };
}

function viewStage(stage: Stage): DealStage {
  return { id: stage.id, label: stage.label, closed: stage.closed, won: isWon(stage) };
}

/** The properties that a person's edit writes. */
export function editedProperties(edit: DealEdit): Record<string, string> {
  const written = {
    dealstage: edit.stageId,
    dealname: edit.name,
    amount: edit.amount?.toString(),
    hubspot_owner_id: owners.find(({ email }) => email === edit.ownerEmail)?.id,
    contract_status: emptied(edit.contractStatus),
    contract_signed_date: emptied(edit.contractSignedDate),
    contract_url: emptied(edit.contractUrl),
  };
  return Object.fromEntries(
    Object.entries(written).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, value]],
    ),
  );
}

function emptied(value: string | null | undefined): string | undefined {
  return value === null ? "" : value;
}
