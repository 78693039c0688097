import express, { type Router } from "express";
import { z } from "zod";
import { createCrmControl, crmSchema, type CrmFakes } from "./crm-control.ts";
import { createSlackControl } from "./slack/control-router.ts";
import { slackFaultSchema } from "./slack/fault.ts";
import type { SlackFake } from "./slack/index.ts";

const reach = {
  times: z.number().int().positive().exactOptional(),
  on: z.enum(["read", "write", "sign-in"]).exactOptional(),
};

const crmFaultSchema = z.discriminatedUnion("kind", [
  z.object({
    ...reach,
    kind: z.literal("rate-limited"),
    retryAfterSeconds: z.number().min(0).exactOptional(),
  }),
  z.object({
    ...reach,
    kind: z.enum(["unauthorized", "server-error", "hang", "drop-after-applying"]),
  }),
  z.object({
    ...reach,
    kind: z.literal("answer"),
    status: z.number().int().min(200).max(599),
    body: z.unknown(),
    headers: z.record(z.string(), z.string()).exactOptional(),
  }),
]);

const faultSchema = z.discriminatedUnion("system", [
  z.object({ system: z.literal("slack"), fault: slackFaultSchema.nullable() }),
  z.object({ system: crmSchema, fault: crmFaultSchema.nullable() }),
]);

const editSchema = z.object({
  stageId: z.string().exactOptional(),
  name: z.string().exactOptional(),
  amount: z.number().exactOptional(),
  ownerEmail: z.email().exactOptional(),
  contractStatus: z.string().nullable().exactOptional(),
  contractSignedDate: z.string().nullable().exactOptional(),
  contractUrl: z.string().nullable().exactOptional(),
});

const dealSchema = z.object({ crm: crmSchema, id: z.string() });
const countSchema = z.object({ count: z.number().int().positive().max(100_000) });
const recordFaultSchema = z.object({ fault: z.enum(["refused", "locked"]).nullable() });

export type Controlled = {
  slack: SlackFake;
  crms: CrmFakes;
  state: () => Promise<unknown>;
  reset: () => Promise<void>;
};

/** What tests in other processes, and people on the page, do to the sandbox. To be mounted at `/control`. */
export function createControlRouter({ slack, crms, state, reset }: Controlled): Router {
  const router = express.Router();
  router.get("/state", async (_request, response) => {
    response.json(await state());
  });
  router.get("/calls", (_request, response) => {
    const { hubspot, salesforce } = crms;
    response.json({
      slack: slack.calls,
      hubspot: { calls: hubspot.calls(), journal: hubspot.journal() },
      salesforce: { calls: salesforce.calls(), journal: salesforce.journal() },
    });
  });
  router.get("/faults", (_request, response) => {
    const { hubspot, salesforce } = crms;
    response.json({
      slack: slack.faults(),
      hubspot: hubspot.faults(),
      salesforce: salesforce.faults(),
    });
  });
  router.post("/faults", (request, response) => {
    const setting = faultSchema.parse(request.body);
    setFault(setting, slack, crms);
    response.json({ ok: true });
  });
  router.post("/reset", async (_request, response) => {
    await reset();
    response.json({ ok: true });
  });
  router.use("/slack", createSlackControl(slack));
  router.use("/crms", createCrmControl(crms));
  router.post("/deals/:crm", (request, response) => {
    const crm = crmSchema.parse(request.params.crm);
    response.status(201).json({ ids: crms[crm].addDeals(countSchema.parse(request.body).count) });
  });
  router.post("/deals/:crm/:id/fault", (request, response) => {
    const { crm, id } = dealSchema.parse(request.params);
    crms[crm].setRecordFault(id, recordFaultSchema.parse(request.body).fault);
    response.json({ ok: true });
  });
  router.post("/deals/:crm/:id", (request, response) => {
    const { crm, id } = dealSchema.parse(request.params);
    const outcome = crms[crm].editAsPerson(id, editSchema.parse(request.body), "Dana Reyes");
    if (outcome.accepted) response.json({ ok: true });
    else response.status(409).json({ error: outcome.reason });
  });
  return router;
}

/** `fault: null` lifts every fault of the system. */
function setFault(
  setting: z.output<typeof faultSchema>,
  slack: SlackFake,
  crms: Controlled["crms"],
): void {
  if (setting.system === "slack") {
    if (setting.fault === null) slack.clearFaults();
    else slack.setFault(setting.fault);
    return;
  }
  if (setting.fault === null) crms[setting.system].clearFaults();
  else crms[setting.system].setFault(setting.fault);
}
