import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { providers } from "@countersign/core";
import { contractsChannel } from "@countersign/sandbox";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { readContract } from "./countersign.ts";
import { cardsOf, startStack, type Stack } from "./stack.ts";

let stack: Stack;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "countersign-config-"));
  const file = join(folder, "countersign.yaml");
  stack = await startStack({
    env: { COUNTERSIGN_CONFIG: file },
    prepare: ({ sandbox }) =>
      writeFile(file, JSON.stringify(configFor(`http://127.0.0.1:${sandbox}/providers`))),
  });
});
afterAll(async () => {
  await stack[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

/** Every provider; those that prove no body have their endings confirmed by reading the contract back. */
function configFor(sandbox: string) {
  const sources = providers.map(({ id, bodyProof, vendorSide }) => {
    const source = { name: id, provider: id, secrets: [`sandbox-${id}`] };
    if (bodyProof === "signature") return source;
    return { ...source, confirm: "terminal", access: vendorSide.access?.(`${sandbox}/${id}/api`) };
  });
  const crm = { stages: {}, fields: {} };
  return {
    sources,
    slack: { channel: contractsChannel.id, messagesPerSecond: 50 },
    hubspot: { pipelines: {} },
    salesforce: crm,
  };
}

const sandboxUrl = (path: string) => `http://127.0.0.1:${stack.ports.sandbox}${path}`;

async function tell<Answer>(path: string, body: object): Promise<Answer> {
  const headers = { "content-type": "application/json" };
  const response = await fetch(sandboxUrl(path), {
    method: "POST",
    headers,
    body: JSON.stringify(body),
  });
  const answer: Answer = JSON.parse(await response.text());
  expect(response.ok, JSON.stringify(answer)).toBe(true);
  return answer;
}

const signers = [
  { name: "Ken Ito", email: "ken.ito@example.com", order: 1 },
  { name: "Noor Haddad", email: "noor.haddad@example.com", order: 2 },
];

const send = (id: string, title: string) =>
  tell<{ id: string }>(`/providers/${id}/contracts`, { title, signers });

const act = (id: string, contract: string, kind: string, signer?: string) =>
  tell(`/providers/${id}/contracts/${contract}/steps`, { kind, signer, reason: "Too dear" });

const soon = (check: () => Promise<void>) => vi.waitFor(check, { timeout: 20_000, interval: 200 });

describe.each(providers)("$title", ({ id, bodyProof }) => {
  it("shows a contract from sending to the last signature", async () => {
    const title = `Completed at ${id}`;
    const contract = await send(id, title);
    for (const { email } of signers) {
      await act(id, contract.id, "view", email);
      await act(id, contract.id, "sign", email);
    }
    await soon(async () => {
      const [card, ...others] = await cardsOf(stack, title);
      expect(others).toEqual([]);
      expect(card?.text).toMatch(/completed/i);
    });
  });

  it("shows a refusal as that, with whatever proof it needs", async () => {
    const title = `Declined at ${id}`;
    const contract = await send(id, title);
    await act(id, contract.id, "decline", signers[0]?.email);
    await soon(async () => {
      const [card] = await cardsOf(stack, title);
      expect(card?.text).toMatch(/declined/i);
    });
    const printed = await readContract(stack, `${id}/${contract.id}`);
    const ending = printed?.events.find(({ type }) => type === "contract.declined");
    expect(ending).toMatchObject({ claimed: false });
    const vias = new Set(printed?.deliveries.map(({ via }) => via));
    expect(vias.has("reconcile")).toBe(bodyProof === "none");
  });
});
