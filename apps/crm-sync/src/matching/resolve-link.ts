import type { Contract } from "@countersign/core";
import type { Link, Unlinked, Ties } from "@countersign/store";
import type { Crm } from "../crms/crm.ts";
import { isCalled } from "../is-called.ts";
import { findLink } from "../link.ts";

/** Ids that Countersign itself wrote into the contract's field: they are no word of the contract's own. */
type Written = readonly string[];

export type ResolvedLink =
  /** `link` is as it is to be kept; a person's choice stands before the custom field, and that before a rule. */
  | { kind: "linked"; link: Omit<Link, "contractId" | "destination"> }
  /** `mayMatch`: neither a field nor a person says anything, so rules may look for a deal. */
  | { kind: "none"; code: string; message: string; mayMatch: boolean };

/** Which deal is the contract's, by what a person, the custom field or an earlier match says. */
export function resolveLink(
  contract: Pick<Contract, "fields">,
  crm: Pick<Crm, "id" | "linkField" | "recordIds">,
  ties: Ties,
  written: Written = [],
): ResolvedLink {
  const tie = ties.links.find(({ destination }) => destination === crm.id);
  if (tie?.foundBy === "person") return { kind: "linked", link: tie };
  const removed = ties.removed.find(({ destination }) => destination === crm.id);
  const named = findLink(contract, crm);
  if (named.kind === "linked") {
    const recordId = isCalled(tie, named.recordId) ? tie.recordId : named.recordId;
    const isOld = isCalled(removed, recordId) || written.includes(recordId);
    if (removed !== undefined && isOld) return takenAway(removed);
    // Our own word, come back to us, is not what found the deal.
    if (tie?.foundBy === "rule" && tie.recordId === recordId) return { kind: "linked", link: tie };
    const found = { foundBy: "custom-field", certainty: 1, detail: crm.linkField } as const;
    return { kind: "linked", link: { recordId, ...found } };
  }
  if (tie !== undefined && named.code === "no-link" && tie.foundBy === "rule") {
    return { kind: "linked", link: tie };
  }
  if (removed !== undefined) return takenAway(removed);
  const { code, message } = named;
  return { kind: "none", code, message, mayMatch: code === "no-link" };
}

function takenAway({ recordId, detail }: Unlinked): ResolvedLink {
  return {
    kind: "none",
    code: "unlinked-by-person",
    message: `Somebody took the link to the deal ${recordId} away (${detail}), so no deal is changed. Link it again, or to another deal, with countersign link or in Slack.`,
    mayMatch: false,
  };
}
