import type { Request } from "express";
import { z } from "zod";
import type { Answer } from "../crm-calls.ts";
import { invalid, refusedInBatch } from "./answers.ts";
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
type BatchError = ReturnType<typeof refusedInBatch>;
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
  const results: ShownDeal[] = [];
  const errors: BatchError[] = [];
  for (const { id } of inputs) {
    const deal = findDeal(state, id, idProperty);
    if (deal !== undefined) results.push(showDeal(state, deal, properties));
    else errors.push(refusedInBatch({ category: "OBJECT_NOT_FOUND", id }, { id }));
  }
  return batchAnswer(now(), results, errors);
}

export function batchUpdate(account: Account, request: Request): Answer {
  return batchWrite(account, request, (input) => {
    const deal = findDeal(account.state, input.id, input.idProperty);
    const written = deal && updateDeal(writeOf(account), deal, input.properties);
    return {
      written: written ?? {
        ok: false,
        refusal: { category: "OBJECT_NOT_FOUND", id: input.id },
      },
      show: (shown) => shown,
    };
  });
}

/** Each result says whether the deal is `new`, and leaves out empty properties as the description demands. */
export function batchUpsert(account: Account, request: Request): Answer {
  return batchWrite(account, request, (input) => {
    const deal = findDeal(account.state, input.id, input.idProperty);
    const key = input.idProperty === undefined ? {} : { [input.idProperty]: input.id };
    const written =
      deal === undefined
        ? createDeal(writeOf(account), { ...input.properties, ...key })
        : updateDeal(writeOf(account), deal, input.properties);
    return {
      written,
      show: (shown) => ({ ...shown, properties: filled(shown), new: deal === undefined }),
    };
  });
}

function filled(shown: ShownDeal): Record<string, string | null> {
  return Object.fromEntries(Object.entries(shown.properties).filter(([, value]) => value !== null));
}

function batchWrite(
  account: Account,
  request: Request,
  write: (input: Input) => { written: Written; show: (shown: ShownDeal) => object },
): Answer {
  const parsed = writeSchema.safeParse(request.body);
  if (!parsed.success) return invalidInput(parsed.error);
  const problem = batchProblem(parsed.data.inputs, account.state);
  if (problem !== undefined) return problem;
  const results: object[] = [];
  const errors: BatchError[] = [];
  for (const input of parsed.data.inputs) {
    const { written, show } = write(input);
    const traceId = input.objectWriteTraceId;
    if (!written.ok) errors.push(refusedInBatch(written.refusal, { id: input.id, traceId }));
    else {
      const shown = showDeal(account.state, written.deal, Object.keys(input.properties));
      results.push({ ...show(shown), ...(traceId && { objectWriteTraceId: traceId }) });
    }
  }
  return batchAnswer(account.now(), results, errors);
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

/** 207 as soon as one input failed: the client resolves then too, so callers must look at `numErrors`. */
function batchAnswer(now: Date, results: object[], errors: BatchError[]): Answer {
  const at = now.toISOString();
  const body = { status: "COMPLETE", results, startedAt: at, completedAt: at };
  if (errors.length === 0) return { status: 200, body };
  return { status: 207, body: { ...body, numErrors: errors.length, errors } };
}
