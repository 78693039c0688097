import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readEffects, saveLink } from "@countersign/store";
import { openTestStore } from "@countersign/store/testing";
import { expect, it, vi } from "vitest";
import { counterpart } from "../crms/hubspot/counterpart.ts";
import { aContract } from "../testing/contracts.ts";
import { serveFake } from "../testing/serve-fake.ts";
import { startApp } from "../testing/start-app.ts";
import { serveVendor } from "../testing/vendor.ts";

const { deal, linkField } = counterpart;

it.concurrent.each(["planned:2", "called:2", "settled:2"])(
  "killed at %s, it has named the deal in the contract once",
  async (where) => {
    await using stack = new AsyncDisposableStack();
    const store = stack.use(await openTestStore());
    const url = await serveFake(
      counterpart.createFake(() => new Date()),
      stack,
    );
    const vendor = await serveVendor("docusign", stack);
    const folder = mkdtempSync(join(tmpdir(), "countersign-killed-"));
    stack.defer(() => rmSync(folder, { recursive: true }));
    const config = join(folder, "countersign.yaml");
    const access = JSON.stringify(vendor.access);
    writeFileSync(
      config,
      `hubspot: { pipelines: {}, fields: { status: contract_status } }
sources: [{ name: docusign, provider: docusign, secrets: [x], access: ${access} }]
`,
    );
    const variables = {
      HUBSPOT_ACCESS_TOKEN: "let-me-in",
      HUBSPOT_API_URL: url,
      HUBSPOT_CALLS_PER_10_SECONDS: "2000",
    };
    const contract = aContract(store, { title: "Lease" });
    const externalId = contract.id.replace("docusign/", "");
    vendor.send(externalId);
    await contract.happened("contract.sent");
    await saveLink(store, {
      contractId: contract.id,
      destination: "hubspot",
      recordId: deal,
      foundBy: "person",
      certainty: 1,
      detail: "Mara",
    });

    const killed = startApp(store, config, { ...variables, COUNTERSIGN_DIE_AT: where }, stack);
    expect(await once(killed, "exit")).toEqual([null, "SIGKILL"]);
    startApp(store, config, variables, stack);
    const ended = async () => {
      const effects = await readEffects(store, contract.id, "hubspot-write-back");
      expect(effects.map(({ status }) => status)).toEqual(["done"]);
    };
    await vi.waitFor(ended, { timeout: 180_000, interval: 500 });
    expect(vendor.fieldsOf(externalId)).toEqual({ [linkField]: deal });
    const written = vendor.requests().filter((call) => call.startsWith("POST"));
    expect(written).toEqual([expect.stringContaining(`/envelopes/${externalId}/custom_fields`)]);
  },
  240_000,
);
