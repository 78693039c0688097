import type { ContractDescription } from "../../contract-event.ts";
import { fromMillis } from "../../instant.ts";
import { clip, limits } from "../../limits.ts";
import { fieldsInExternalId } from "../external-id.ts";
import { latest, type Happening } from "../facts.ts";
import { fieldsOf, known } from "../lenient.ts";
import type { SubmissionBody } from "./schema.ts";
import type { Party, Submission } from "./submission.ts";

/** Where people open submissions, if that is known. */
export type Addresses = { webAppUrl?: string | undefined };

/**
 * What a body says the submission is, as of the latest thing it shows. One party's body knows only the
 * template's name and that party's fields: it speaks for the whole as of just before the submission was
 * made, so that any body that shows everybody wins over it.
 */
export function description(
  submission: Submission,
  reportedAt: string,
  settings: Addresses,
): Happening[] {
  const { whole, parties } = submission;
  if (whole !== undefined) {
    const at = latest([...timesIn(whole), ...parties.flatMap(timesIn)]);
    return [described(describeWhole(submission, whole, settings), at ?? reportedAt, at)];
  }
  const [party] = parties;
  const partial = described(
    describePartly(submission, settings),
    justBefore(submission.createdAt) ?? reportedAt,
    submission.createdAt,
  );
  if (party === undefined) return [partial];
  const at = latest(timesIn(party));
  return [partial, described({ recipients: [describeParty(party)] }, at ?? reportedAt, at)];
}

function described(said: ContractDescription, at: string, mark = ""): Happening {
  return { type: "contract.noted", at, mark, note: "described", description: said };
}

function describeWhole(
  submission: Submission,
  whole: SubmissionBody,
  settings: Addresses,
): ContractDescription {
  const { parties, templateName } = submission;
  const user = whole.created_by_user;
  const names = [user?.first_name, user?.last_name].filter(Boolean).join(" ");
  const name = clip(names, limits.name) || undefined;
  const places = parties.map((one, index) =>
    known({ ...describeParty(one), order: placeIn(whole, index) }),
  );
  return known({
    title: whole.name ?? templateName,
    sender: user && known({ name, email: user.email }),
    fields: whole.submitters && fieldsIn(parties),
    url: addressOf(submission, settings),
    expiresAt: whole.expire_at,
    recipients: whole.submitters && places,
    recipientsAreComplete: whole.submitters && parties.length < limits.recipients,
  });
}

/** Parties stand in their order; where that is "random", all may sign at once. */
function placeIn({ submitters_order: order }: SubmissionBody, index: number): number | undefined {
  if (order === undefined) return undefined;
  return order === "preserved" ? index + 1 : 1;
}

function describePartly(submission: Submission, settings: Addresses): ContractDescription {
  const fields = fieldsIn(submission.parties);
  return known({
    title: submission.templateName,
    fields: Object.keys(fields).length === 0 ? undefined : fields,
    url: addressOf(submission, settings),
  });
}

function describeParty({ id, name, email, role }: Party) {
  return known({ key: id, name, email, role });
}

/** A CRM's id stands in a party's `metadata` or `external_id`. Of two parties' fields of one name, the first's. */
export function fieldsIn(parties: Party[]): Record<string, string> {
  return fieldsOf(
    parties
      .toReversed()
      .flatMap((one) => [
        ...fieldsInExternalId(one.external_id),
        ...Object.entries(one.metadata ?? {}),
      ]),
  );
}

function addressOf({ id }: Submission, { webAppUrl }: Addresses): string | undefined {
  return webAppUrl && new URL(`/submissions/${encodeURIComponent(id)}`, webAppUrl).href;
}

/** `expire_at` is left out: it lies ahead. */
export function timesIn(dated: Partial<Record<(typeof times)[number], string | undefined>>) {
  return times.map((name) => dated[name]);
}

const times = [
  "created_at",
  "updated_at",
  "sent_at",
  "opened_at",
  "completed_at",
  "declined_at",
  "archived_at",
] as const;

function justBefore(instant: string | undefined): string | undefined {
  return (instant && fromMillis(Date.parse(instant) - 1)) || undefined;
}
