import { providerById } from "@countersign/core";
import express, { type Request, type Response, type Router } from "express";
import { z } from "zod";
import { chaosChangeSchema } from "./chaos.ts";
import { contractActs, signerActs } from "./contract.ts";
import type { Desk } from "./desk.ts";
import type { Mailroom } from "./mailroom.ts";
import { viewContract } from "./view.ts";

const draftSchema = z.object({
  title: z.string().trim().min(1).max(1_000),
  signers: z
    .array(
      z.object({
        name: z.string().trim().min(1).max(300),
        email: z.email().max(320),
        order: z.number().int().positive().optional(),
      }),
    )
    .min(1)
    .max(20)
    .refine((signers) => new Set(signers.map(({ email }) => email)).size === signers.length, {
      message: "Two signers have the same e-mail address. Give each signer their own.",
    }),
  hubspotDealId: z.string().optional(),
  salesforceOpportunityId: z.string().optional(),
  amount: z.number().nonnegative().optional(),
});

const reason = z.string().max(2_000);

const actSchema = z.union([
  z.object({ kind: z.enum(signerActs), signer: z.string(), reason: reason.exactOptional() }),
  z.object({ kind: z.enum(contractActs), reason: reason.exactOptional() }),
]);

const repeatSchema = z.object({ how: z.enum(["duplicates", "shuffled"]) });

/** The e-signature side, to be mounted at `/providers`. It answers before the webhooks have been delivered. */
export function createProviderRouter(desk: Desk, mailroom: Mailroom): Router {
  const router = express.Router();
  router.param("provider", (_request, response, next, id: string) => {
    if (providerById(id) !== undefined) return next();
    response.status(404).json({ error: `There is no provider "${id}".` });
  });
  router.get("/:provider", (request, response) => {
    const own = desk.contracts().filter(({ providerId }) => providerId === request.params.provider);
    response.json({ contracts: own.map(viewContract) });
  });
  router.get("/:provider/chaos", (request, response) => {
    response.json(mailroom.chaosOf(request.params.provider));
  });
  router.post("/:provider/chaos", (request, response) => {
    const change = chaosChangeSchema.parse(request.body);
    response.json(mailroom.change(request.params.provider, change));
  });
  router.post("/:provider/test-button", (request, response) => {
    desk.pressTestButton(request.params.provider);
    response.status(202).json({ ok: true });
  });
  router.post("/:provider/contracts", (request, response) => {
    const draft = draftSchema.parse(request.body);
    response.status(201).json(viewContract(desk.send(request.params.provider, draft)));
  });
  router.post("/:provider/contracts/:id/steps", (request, response) => {
    const contract = findContract(desk, request, response);
    if (contract === undefined) return;
    const outcome = desk.act(contract, actSchema.parse(request.body));
    if (outcome.done) response.json(viewContract(outcome.contract));
    else response.status(409).json({ error: outcome.reason });
  });
  router.post("/:provider/contracts/:id/repeats", (request, response) => {
    const contract = findContract(desk, request, response);
    if (contract === undefined) return;
    desk.repeat(contract, repeatSchema.parse(request.body).how);
    response.status(202).json(viewContract(contract));
  });
  return router;
}

function findContract(
  desk: Desk,
  { params }: Request<{ provider: string; id: string }>,
  response: Response,
) {
  const contract = desk.find(params.provider, params.id);
  if (contract === undefined) response.status(404).json({ error: "There is no such contract." });
  return contract;
}
