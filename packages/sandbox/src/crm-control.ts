import express, { type Router } from "express";
import { z } from "zod";
import type { CrmFake } from "./crm-fake.ts";

export const crmSchema = z.enum(["hubspot", "salesforce"]);

export type CrmFakes = Record<z.output<typeof crmSchema>, CrmFake>;

const secretSchema = z.object({ secret: z.string().min(1).nullable() });
const successorSchema = z.object({ lacking: z.array(z.string()) });
const grantSchema = z.object({ grant: z.string(), given: z.boolean() });
const callsSchema = z.object({ left: z.number().int().min(0).nullable() });

/** What an account's admin does to whom the CRM lets in, and how often. To be mounted at `/control/crms`. */
export function createCrmControl(crms: CrmFakes): Router {
  const router = express.Router();
  const act = <Body>(
    path: string,
    body: z.ZodType<Body>,
    how: (crm: CrmFake, body: Body) => void,
  ) =>
    router.post(`/:crm/${path}`, (request, response) => {
      how(crms[crmSchema.parse(request.params.crm)], body.parse(request.body));
      response.json({ ok: true });
    });
  act("secret", secretSchema, (crm, { secret }) => crm.setSecret(secret));
  act("successor", successorSchema, (crm, { lacking }) => crm.replaceUser(lacking));
  act("grants", grantSchema, (crm, { grant, given }) =>
    given ? crm.giveBack(grant) : crm.takeAway(grant),
  );
  act("daily-calls", callsSchema, (crm, { left }) => crm.leaveCalls(left));
  return router;
}
