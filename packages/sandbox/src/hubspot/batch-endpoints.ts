import type { Request } from "express";
import { z } from "zod";
import type { Answer } from "../crm-calls.ts";
import { invalid, missingInBatch, refused, refusedInBatch, type Refusal } from "./answers.ts";
import {
  invalidInput,
  propertiesSchema,
  showDeal,
  writeOf,
  type Account,
} from "./deal-endpoints.ts";
import {
  createDeal,
  findDeal,
  isUniqueProperty,
  updateDeal,
  type HubspotState,
  type Write,
  type Written,
} from "./state.ts";

/** HubSpot takes at most 100 records in a batch. */
const maxBatch = 100;

const readSchema = z.object({
  inputs: z.array(z.object({ id: z.string() })),
  properties: z.array(z.string()),
  idProperty: z.string().optional(),
});

const writeSchema = z.object({
  inputs: z.array(
    z.object({
      id: z.string(),
      idProperty: z.string().optional(),
      objectWriteTraceId: z.string().optional(),
      properties: propertiesSchema,
    }),
  ),
});

type Input = z.infer<typeof writeSchema>["inputs"][number];
type BatchError = ReturnType<typeof refusedInBatch> | ReturnType<typeof missingInBatch>;
type ShownDeal = ReturnType<typeof showDeal>;

export function batchRead({ state, now }: Account, request: Request): Answer {
  const parsed = readSchema.safeParse(request.body);
  if (!parsed.success) return invalidInput(parsed.error);
  const { inputs, properties, idProperty } = parsed.data;
  const problem = batchProblem(
    inputs.map(({ id }) => ({ id, idProperty })),
    state,
  );
  if (problem !== undefined) return problem;
  const found = inputs.map(({ id }) => findDeal(state, id, idProperty));
  const results = found.flatMap((deal) => (deal ? [showDeal(state, deal, properties)] : []));
  const missing = inputs.filter((_, index) => found[index] === undefined).map(({ id }) => id);
  return batchAnswer(now(), results, missing.length === 0 ? [] : [missingInBatch(missing)]);
}

/** A deal that does not exist is in neither list of the answer (community.hubspot.com, "Batch API 207"). */
export function batchUpdate(account: Account, request: Request): Answer {
  return batchWrite(account, request, (write, input) => {
    const deal = findDeal(write.state, input.id, input.idProperty);
    return deal && { written: updateDeal(write, deal, input.properties), show: (shown) => shown };
  });
}

/** Each result says whether the deal is `new`, and leaves out empty properties as the description demands. */
export function batchUpsert(account: Account, request: Request): Answer {
  return batchWrite(account, request, (write, input) => {
    const deal = findDeal(write.state, input.id, input.idProperty);
    const key = input.idProperty === undefined ? {} : { [input.idProperty]: input.id };
    const written =
      deal === undefined
        ? createDeal(write, { ...input.properties, ...key })
        : updateDeal(write, deal, input.properties);
    return {
      written,
      show: (shown) => ({ ...shown, properties: filled(shown), new: deal === undefined }),
    };
  });
}

function filled(shown: ShownDeal): Record<string, string | null> {
  return Object.fromEntries(Object.entries(shown.properties).filter(([, value]) => value !== null));
}

type Outcome = { written: Written; show: (shown: ShownDeal) => object } | undefined;
type WriteInput = (write: Write, input: Input) => Outcome;

/**
 * A refused input fails alone where it has an `objectWriteTraceId`; without one, and where a deal is locked,
 * the whole batch is refused and nothing written (developers.hubspot.com, CRM objects, "multi-status errors").
 */
function batchWrite(account: Account, request: Request, writeInput: WriteInput): Answer {
  const parsed = writeSchema.safeParse(request.body);
  if (!parsed.success) return invalidInput(parsed.error);
  const { inputs } = parsed.data;
  const problem = batchProblem(inputs, account.state) ?? wholeRefused(account, inputs, writeInput);
  if (problem !== undefined) return problem;
  const results: object[] = [];
  const errors: BatchError[] = [];
  for (const input of inputs) {
    const outcome = writeInput(writeOf(account), input);
    const traceId = input.objectWriteTraceId;
    if (outcome === undefined) continue;
    const { written, show } = outcome;
    if (!written.ok) errors.push(refusedInBatch(written.refusal, traceId ?? ""));
    else {
      const shown = showDeal(account.state, written.deal, Object.keys(input.properties));
      results.push({ ...show(shown), ...(traceId && { objectWriteTraceId: traceId }) });
    }
  }
  return batchAnswer(account.now(), results, errors, inputs.length);
}

function wholeRefused(account: Account, inputs: Input[], write: WriteInput): Answer | undefined {
  const trial = rehearsal(account);
  const refusals = inputs.map((input): Refusal | undefined => {
    const written = write(trial, input)?.written;
    if (written === undefined || written.ok) return undefined;
    const alone = input.objectWriteTraceId !== undefined && written.refusal.category !== "LOCKED";
    return alone ? undefined : written.refusal;
  });
  const first = refusals.find((refusal) => refusal !== undefined);
  return first && refused(first);
}

/** A copy that a write can be tried on without anybody seeing it. */
function rehearsal(account: Account): Write {
  const { state } = account;
  const journal = { entries: () => [], record: () => false, clear: () => {} };
  return { ...writeOf(account), state: { ...state, deals: new Map(state.deals) }, journal };
}

function batchProblem(
  inputs: { id: string; idProperty?: string | undefined }[],
  state: HubspotState,
): Answer | undefined {
  if (inputs.length > maxBatch) {
    return invalid(`A batch takes at most ${maxBatch} inputs; this one has ${inputs.length}.`);
  }
  if (new Set(inputs.map(({ id }) => id)).size < inputs.length) {
    return invalid("Duplicate IDs found in batch input.");
  }
  const wrong = inputs.find(
    ({ idProperty }) => idProperty !== undefined && !isUniqueProperty(state, idProperty),
  );
  return wrong && invalid(`${wrong.idProperty} is not a unique property.`);
}

/** 207 as soon as one input has no result: the client resolves then too, so callers must look for each. */
export function batchAnswer(
  now: Date,
  results: object[],
  errors: BatchError[],
  inputs = results.length + errors.length,
): Answer {
  const at = now.toISOString();
  const body = { status: "COMPLETE", results, startedAt: at, completedAt: at };
  if (results.length === inputs && errors.length === 0) return { status: 200, body };
  return { status: 207, body: { ...body, numErrors: errors.length, errors } };
}
