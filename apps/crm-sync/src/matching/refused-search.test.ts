import { createLog, Settings } from "@countersign/service";
import { listStuck, readLinks } from "@countersign/store";
import { openTestStore } from "@countersign/store/testing";
import express, { Router } from "express";
import { expect, it, vi } from "vitest";
import { hubspot } from "../crms/hubspot/index.ts";
import { followCrm } from "../follow-crm.ts";
import { createCrmMetrics } from "../metrics.ts";
import { aContract } from "../testing/contracts.ts";
import { createHubspot } from "../testing/counterpart.ts";
import { noFields } from "../testing/no-fields.ts";
import { serveFake } from "../testing/serve-fake.ts";

const now = () => new Date();

it("lists a contract that the CRM refuses to be asked about, and links its neighbour", async () => {
  await using stack = new AsyncDisposableStack();
  const store = stack.use(await openTestStore());
  const fake = createHubspot({ token: "t", now });
  const router = Router().use(express.json(), (request, response, next) => {
    if (!JSON.stringify(request.body ?? "").includes("odd@")) return next();
    response.status(400).json({ category: "VALIDATION_ERROR", message: "That is too much." });
  });
  const url = await serveFake({ ...fake, router: router.use(fake.router) }, stack);
  const section = {
    linkField: "hubspot_deal_id",
    pipelines: { default: { sent: "contractsent" } },
    fields: { status: "contract_status" },
    matching: {},
  };
  const environment = {
    HUBSPOT_ACCESS_TOKEN: "t",
    HUBSPOT_API_URL: url,
    HUBSPOT_CALLS_PER_10_SECONDS: 10_000,
  };
  const opened = hubspot.open(
    Settings.parse({ hubspot: section }),
    environment,
    "countersign.yaml",
  );
  if (opened.is !== "configured") throw new Error("HubSpot is not configured.");

  const from = (email: string) =>
    aContract(store, {
      sender: { email: "tobias.okafor@northgate.example" },
      recipients: [{ key: "1", email }],
      amount: { value: 126_500, currency: null },
    });
  const odd = from("odd@bluefin-logistics.example");
  const neighbour = from("ana@bluefin-logistics.example");
  await odd.happened("contract.sent");
  await neighbour.happened("contract.sent");

  const following = await followCrm(
    store,
    opened.connect({ now, timeout: 5_000, onCall: () => undefined }),
    { log: createLog("test", "silent"), metrics: createCrmMetrics(), fields: noFields },
  );
  stack.defer(() => following.stop());
  const check = async () => {
    expect(await readLinks(store, neighbour.id)).toMatchObject([{ recordId: "1002" }]);
    expect(await listStuck(store, {}, 10)).toMatchObject([
      { contractId: odd.id, destination: "hubspot", target: "", code: "VALIDATION_ERROR" },
    ]);
  };
  await vi.waitFor(check, { timeout: 15_000, interval: 50 });
});
