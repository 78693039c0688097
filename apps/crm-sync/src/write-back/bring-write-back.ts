import { openStatuses, type Contract } from "@countersign/core";
import {
  claimEffect,
  PermanentError,
  readEffects,
  readTies,
  recordFailed,
  recordSkip,
  releaseEffect,
  RetryLater,
  secondsUnderWay,
  settleEffect,
  type Effect,
  type EffectPlan,
  type Store,
  type Ties,
} from "@countersign/store";
import type { Crm } from "../crms/crm.ts";
import { settleSuperseded } from "../settle-doubts.ts";
import { decide, wishOf, type Next } from "./decide.ts";
import { fieldWrite, readFieldWrite, valuesOf, writeBackDestination } from "./field-write.ts";
import { ended, judgeDoubt, planFieldWrite } from "./plan-field-write.ts";
import type { SourceField, SourceFields } from "./source-fields.ts";

/** What the deals' ids are written into contracts with. */
export type WriteBackPorts = { store: Store; crm: Crm; fields: SourceFields };

/** Longer than a provider works on a call that nobody waits for any more. */
const doubtSeconds = 60;

/**
 * Has the contract name at its provider the deal that a rule or a person tied it to, or none where that was taken
 * away: read → plan → claim → write → settle. What a person has put there stays.
 */
export async function bringWriteBack(
  ports: WriteBackPorts,
  contract: Contract,
): Promise<"called" | "not-called"> {
  const { store, crm, fields } = ports;
  if (fields.can(contract.source) === "not") return "not-called";
  const ties = await readTies(store, contract.id);
  const { next, effects } = await nextOf(ports, contract, ties);
  switch (next.is) {
    case "nothing":
      return "not-called";
    case "doubt":
      await settleDoubt(ports, contract, next.effect);
      return bringWriteBack(ports, contract);
    case "look": {
      const gone = ties.removed.find(({ destination }) => destination === crm.id);
      const recordId = next.wanted ?? gone?.recordId ?? "";
      const planned = effects.filter(({ status }) => status === "planned");
      const superseded = planned.filter(({ key }) => key !== next.key);
      await settleSuperseded(store, superseded);
      const begun = planned.find(({ key }) => key === next.key);
      return bringField(ports, { contract, recordId, begun }, next);
    }
  }
}

/** Whether there is anything to do about the contract's field. */
export async function isToWriteBack(ports: WriteBackPorts, contract: Contract): Promise<boolean> {
  if (ports.fields.can(contract.source) === "not") return false;
  const ties = await readTies(ports.store, contract.id);
  if (wishOf(ports.crm, ties) === undefined) return false;
  return (await nextOf(ports, contract, ties)).next.is !== "nothing";
}

async function nextOf(
  { store, crm }: WriteBackPorts,
  contract: Contract,
  ties: Ties,
): Promise<{ next: Next; effects: Effect[] }> {
  const effects = await readEffects(store, contract.id, writeBackDestination(crm));
  const heard = wholeId(crm, contract.fields[crm.linkField] ?? null);
  return { next: decide(crm, contract.id, { wanted: wishOf(crm, ties), heard, effects }), effects };
}

/** Where an id also has a short form, both name the same deal. */
function wholeId({ recordIds }: Crm, given: string | null): string | null {
  const id = given?.trim() ?? "";
  if (id === "") return null;
  return recordIds.pattern.test(id) ? (recordIds.whole?.(id) ?? id) : id;
}

async function settleDoubt(
  { store, crm, fields }: WriteBackPorts,
  contract: Contract,
  doubtful: Effect,
): Promise<void> {
  const left = secondsUnderWay(doubtful, store.now(), doubtSeconds * 1_000);
  if (left > 0) throw new RetryLater(left);
  const plan = readFieldWrite(doubtful);
  const settleFailed = (failure: Failure) => settleEffect(store, doubtful.id, failure);
  const { value } = await open(() => fields.open(contract, plan.field), settleFailed);
  switch (judgeDoubt(plan, wholeId(crm, value))) {
    case "done": {
      const after = valuesOf(plan.field, plan.to);
      return settleEffect(store, doubtful.id, { status: "done", outsideId: null, after });
    }
    case "free":
      return releaseEffect(store, doubtful);
    case "left": {
      const message = `Somebody wrote something else into "${plan.field}" while it was not known how our write ended.`;
      const end = { status: "skipped", code: "other-value", message } as const;
      return settleEffect(store, doubtful.id, end);
    }
  }
}

type Failure = { status: "failed"; code: string; message: string };

/** What cannot be read for good is written down before it is thrown. */
async function open(
  read: () => Promise<SourceField>,
  writeDownFailure: (failure: Failure) => Promise<void>,
): Promise<SourceField> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof PermanentError) {
      const { code, message } = error;
      await writeDownFailure({ status: "failed", code, message });
    }
    throw error;
  }
}

type Looking = Extract<Next, { is: "look" }>;

/** `begun`: what was planned before and not called. */
type Aim = { contract: Contract; recordId: string; begun: Effect | undefined };

async function bringField(
  { store, crm, fields }: WriteBackPorts,
  { contract, recordId, begun }: Aim,
  { key, wanted, ours }: Looking,
): Promise<"called" | "not-called"> {
  const name = crm.linkField;
  const about = { contractId: contract.id, recordId };
  const planFrom = (from: string | null): EffectPlan => ({
    ...fieldWrite(crm, about, { field: name, from, to: wanted }),
    key,
  });
  const hasEnded = !openStatuses.has(contract.status);
  if (hasEnded && fields.can(contract.source) === "change-until-the-end") {
    await writeDown(store, planFrom(ours), begun, { status: "skipped", ...ended });
    return "not-called";
  }
  const field = await open(
    () => fields.open(contract, name),
    (failure) => writeDown(store, planFrom(ours), begun, failure),
  );
  const present = wholeId(crm, field.value);
  const plan = planFieldWrite({ name, wanted, ours, present, obstacle: field.obstacle });
  if (plan.do === "write") await write(store, planFrom(present), field, wanted);
  else await writeDown(store, planFrom(present), begun, { status: "skipped", ...plan });
  return "called";
}

type Uncalled = Failure | { status: "skipped"; code: string; message: string };

/** What is not written, and why. */
async function writeDown(
  store: Store,
  planned: EffectPlan,
  begun: Effect | undefined,
  { status, code, message }: Uncalled,
): Promise<void> {
  if (begun !== undefined) await settleEffect(store, begun.id, { status, code, message });
  else if (status === "failed") await recordFailed(store, planned, { code, message });
  else await recordSkip(store, planned, { code, message });
}

async function write(
  store: Store,
  planned: EffectPlan,
  field: SourceField,
  value: string | null,
): Promise<void> {
  const claim = await claimEffect(store, planned);
  if (claim.may === "leave") return;
  // Somebody else began it since the effects were read.
  if (claim.may === "ask") throw new RetryLater(doubtSeconds);
  const { id } = claim.effect;
  try {
    await field.write(value);
  } catch (error) {
    if (error instanceof RetryLater) await releaseEffect(store, claim.effect);
    if (error instanceof PermanentError) {
      const { code, message } = error;
      await settleEffect(store, id, { status: "failed", code, message });
    }
    throw error;
  }
  const { field: name } = readFieldWrite(planned);
  const end = { outsideId: null, after: valuesOf(name, value) };
  await settleEffect(store, id, { status: "done", ...end });
}
