import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readEffects } from "@countersign/store";
import { openTestStore } from "@countersign/store/testing";
import { describe, expect, it, vi } from "vitest";
import { counterpart as hubspot } from "../crms/hubspot/counterpart.ts";
import { counterpart as salesforce } from "../crms/salesforce/counterpart.ts";
import { filesDestination } from "../files/ports.ts";
import { aContract } from "../testing/contracts.ts";
import { serveFake } from "../testing/serve-fake.ts";
import { startApp } from "../testing/start-app.ts";
import { serveVendor } from "../testing/vendor.ts";

const crms = [
  {
    id: "hubspot",
    counterpart: hubspot,
    section: "hubspot: { pipelines: {}, files: {}, notes: milestones }",
    environment: (url: string) => ({
      HUBSPOT_ACCESS_TOKEN: "let-me-in",
      HUBSPOT_API_URL: url,
      HUBSPOT_CALLS_PER_10_SECONDS: "2000",
    }),
  },
  {
    id: "salesforce",
    counterpart: salesforce,
    section: "salesforce: { stages: {}, files: {}, notes: milestones }",
    environment: (url: string) => ({
      SALESFORCE_LOGIN_URL: url,
      SALESFORCE_CLIENT_ID: "client",
      SALESFORCE_CLIENT_SECRET: "client-secret",
    }),
  },
] as const;

describe.each(crms)("$id", ({ id, counterpart, section, environment }) => {
  it.concurrent.each(["called:1", "called:3", "planned:2", "planned:4", "settled:3"])(
    "killed at %s, it has hung each file and note on the deal once",
    async (where) => {
      await using stack = new AsyncDisposableStack();
      const store = stack.use(await openTestStore());
      const fake = counterpart.createFake(() => new Date());
      const variables = environment(await serveFake(fake, stack));
      const vendor = await serveVendor("docusign", stack);
      const folder = mkdtempSync(join(tmpdir(), "countersign-killed-"));
      stack.defer(() => rmSync(folder, { recursive: true }));
      const config = join(folder, "countersign.yaml");
      const access = JSON.stringify(vendor.access);
      writeFileSync(
        config,
        `${section}\nsources: [{ name: docusign, provider: docusign, secrets: [x], access: ${access} }]\n`,
      );
      const fields = { [counterpart.linkField]: counterpart.deal };
      const contract = aContract(store, { title: "Lease", fields });
      vendor.complete(contract.id.replace("docusign/", ""), "Lease");
      await contract.happened("contract.sent");
      await contract.happened("contract.completed");

      const killed = startApp(store, config, { ...variables, COUNTERSIGN_DIE_AT: where }, stack);
      expect(await once(killed, "exit")).toEqual([null, "SIGKILL"]);
      startApp(store, config, variables, stack);
      const ended = async () => {
        const effects = await readEffects(store, contract.id, filesDestination({ id }));
        expect(effects.map(({ status }) => status)).toEqual(["done", "done", "done", "done"]);
      };
      await vi.waitFor(ended, { timeout: 180_000, interval: 500 });
      const attached = fake.deals().find((deal) => deal.id === counterpart.deal)?.attached;
      const milestones = attached?.notes.filter(({ text }) => text.includes("Contract "));
      expect([attached?.files.length, fake.storedFiles(), milestones?.length]).toEqual([2, 2, 2]);
    },
    240_000,
  );
});
