import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { vi } from "vitest";
import { expectNothingLostOrDoubled, type Taken } from "../invariant.ts";
import type { CrmId } from "../sandbox-state.ts";
import { deliveriesOf, post, type Stack } from "../stack.ts";
import { aWalk, wholeLife } from "../walk.ts";
import { crmDeskOf } from "../crm-desk.ts";
import { liftFaults } from "./control.ts";

/** Contracts that go through their whole lives side by side, and what goes wrong meanwhile. */
export type Drill = {
  contracts: number;
  /** The CRMs in which each has a deal of its own. */
  crms?: readonly CrmId[];
  /** Between two steps of a contract. */
  pauseMs?: number;
  /** What goes wrong before anything is sent. */
  before?: (first: Contract) => Promise<void>;
  /** What goes wrong while it is sent. */
  trouble?: (first: Contract) => Promise<void>;
  /** Deals that do not exist, which the first contract names instead of its own. */
  missing?: Contract["deals"];
  /** The destinations that the first contract cannot be brought to, each with the ledger's code. */
  fails?: NonNullable<Taken["fails"]>;
  /** How long it may take until everything is true again, after the last step. */
  withinMs?: number;
};

/** One that is about to be sent. */
export type Contract = Pick<Taken, "contractId" | "title" | "deals"> & {
  walk: ReturnType<typeof aWalk>;
};

/** What the senders were answered besides 200. */
export type Refusals = Set<number>;

/** Stands among them for a connection that was refused or cut. */
export const noAnswer = 0;

/**
 * Sends whole lives of contracts as a vendor does, each delivery until it is taken, lets go wrong what is
 * to go wrong meanwhile, and waits until nothing is lost, doubled or untrue.
 */
export async function drill(stack: Stack, plan: Drill): Promise<Refusals> {
  const { pauseMs = 300, withinMs = 60_000 } = plan;
  await liftFaults(stack);
  const contracts = await prepare(stack, plan);
  const refusals: Refusals = new Set();
  const [first] = contracts;
  if (first !== undefined) await plan.before?.(first);
  const sending = contracts.map(async (contract) => {
    const taken = await sendLife(stack, contract, pauseMs, refusals);
    return { ...taken, ...(contract === first && { fails: plan.fails ?? {} }) };
  });
  const [taken] = await Promise.all([Promise.all(sending), first && plan.trouble?.(first)]);
  await vi.waitFor(() => expectNothingLostOrDoubled(stack, taken), {
    timeout: withinMs,
    interval: 500,
  });
  return refusals;
}

async function prepare(stack: Stack, { contracts, crms = bothCrms, missing }: Drill) {
  const deals: Partial<Record<CrmId, string[]>> = {};
  for (const crm of crms) deals[crm] = await crmDeskOf(stack, crm).addDeals(contracts);
  return Array.from({ length: contracts }, (_, index) => {
    const own = crms.map((crm) => [crm, deals[crm]?.[index]] as const);
    return nameContract({ ...Object.fromEntries(own), ...(index === 0 && missing) });
  });
}

const bothCrms = ["hubspot", "salesforce"] as const;

function nameContract(deals: Contract["deals"]): Contract {
  const title = `Order ${randomUUID().slice(0, 8)}`;
  const fields = {
    ...(deals.hubspot && { hubspot_deal_id: deals.hubspot }),
    ...(deals.salesforce && { salesforce_opportunity_id: deals.salesforce }),
  };
  const walk = aWalk(title, fields);
  return { contractId: `docusign/${walk.externalId}`, title, deals, walk };
}

async function sendLife(
  stack: Stack,
  { walk, ...contract }: Contract,
  pauseMs: number,
  refusals: Refusals,
): Promise<Taken> {
  const bodies: Buffer[] = [];
  const life = wholeLife(new Date());
  for (const [done] of life.entries()) {
    for (const request of deliveriesOf("docusign", walk, life.slice(0, done + 1))) {
      await sendUntilTaken(stack, request, refusals);
      bodies.push(request.body);
    }
    await sleep(pauseMs);
  }
  return { ...contract, bodies };
}

type Request = ReturnType<typeof deliveriesOf>[number];

/** Tries the receivers in turn, as a vendor behind a load balancer does; only sooner. */
async function sendUntilTaken(stack: Stack, request: Request, refusals: Refusals): Promise<void> {
  const { body, headers, query } = request;
  for (let tries = 0; tries < 400; tries += 1) {
    const port = stack.receivers[(body.length + tries) % stack.receivers.length];
    const status = await post(stack, "docusign", body, headers, query, port).catch(() => noAnswer);
    if (status === 200) return;
    refusals.add(status);
    await sleep(100);
  }
  throw new Error(`A delivery was not taken within 40 s; answers: ${[...refusals].join(", ")}.`);
}
