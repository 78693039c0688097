import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, vi } from "vitest";
import { commandEnvironment, runCommandLine } from "./countersign.ts";
import type { Taken } from "./invariant.ts";
import { deskOf, type DeskContract, type Draft } from "./provider-desk.ts";
import type { CrmId } from "./sandbox-state.ts";
import { dealOf, root, startStack, type Stack } from "./stack.ts";

/** The product while it runs, and its admin with a countersign.yaml of their own and the command line. */
export type Admin = AsyncDisposable & {
  stack: Stack;
  /** The file, as it is when an app starts. */
  settingsFile: string;
  /** Changes the file; what runs has read it already. */
  change: (edit: (text: string) => string) => Promise<void>;
  run: (...typed: string[]) => ReturnType<typeof runCommandLine>;
  /** The same with variables that differ from what the apps have. */
  runWith: (
    variables: Record<string, string>,
    ...typed: string[]
  ) => ReturnType<typeof runCommandLine>;
};

/** `edit` makes the admin's settings out of those that come with the project. */
export async function startAdmin(edit = (text: string) => text): Promise<Admin> {
  await using opened = new AsyncDisposableStack();
  const folder = await mkdtemp(join(tmpdir(), "countersign-admin-"));
  opened.defer(() => rm(folder, { recursive: true }));
  const settingsFile = join(folder, "countersign.yaml");
  const shipped = await readFile(join(root, "countersign.yaml"), "utf8");
  await writeFile(settingsFile, edit(shipped));
  const stack = opened.use(await startStack({ env: { COUNTERSIGN_CONFIG: settingsFile } }));
  const kept = opened.move();
  const runWith: Admin["runWith"] = (variables, ...typed) =>
    runCommandLine({ ...commandEnvironment(stack, settingsFile), ...variables }, typed);
  return {
    stack,
    settingsFile,
    change: async (next) => writeFile(settingsFile, next(await readFile(settingsFile, "utf8"))),
    run: (...typed) => runWith({}, ...typed),
    runWith,
    [Symbol.asyncDispose]: () => kept.disposeAsync(),
  };
}

/** Until it holds. What a queue that pauses must wait for is half a minute. */
export const soon = <Found>(check: () => Promise<Found>, timeout = 30_000) =>
  vi.waitFor(check, { timeout, interval: 200 });

const signers = ["ken.ito@example.com", "ruth.abel@example.com"];

/** A contract that was sent, and what the invariant asks of it. */
export type Sent = { contract: DeskContract; taken: Taken };

export async function send(stack: Stack, draft: Draft, provider = "docusign"): Promise<Sent> {
  const contract = await deskOf(stack, provider).send(draft);
  const { title, hubspotDealId, salesforceOpportunityId } = draft;
  const deals = {
    ...(hubspotDealId !== undefined && { hubspot: hubspotDealId }),
    ...(salesforceOpportunityId !== undefined && { salesforce: salesforceOpportunityId }),
  };
  const contractId = `${provider}/${contract.id}`;
  return { contract, taken: { contractId, title, bodies: [], deals } };
}

export async function signAll(stack: Stack, { contract, taken }: Sent): Promise<void> {
  const [provider] = taken.contractId.split("/");
  for (const signer of signers) {
    await deskOf(stack, provider).act(contract, { kind: "sign", signer });
  }
}

/** That the deals of these contracts show this status. */
export async function expectStatus(
  stack: Stack,
  crm: CrmId,
  sent: readonly Sent[],
  status: string,
): Promise<void> {
  for (const { taken } of sent) {
    const deal = await dealOf(stack, crm, taken.deals[crm] ?? "");
    expect(deal, taken.title).toMatchObject({ contract: { status } });
  }
}

/** What crm-sync shows under a name on `/metrics`, by the labels that are given. */
export async function metric(
  { ports }: Stack,
  name: string,
  labels: Record<string, string>,
): Promise<number | null> {
  const text = await (await fetch(`http://127.0.0.1:${ports.crmSync}/metrics`)).text();
  const wanted = Object.entries(labels).map(([label, value]) => `${label}="${value}"`);
  const line = text
    .split("\n")
    .find((one) => one.startsWith(`${name}{`) && wanted.every((label) => one.includes(label)));
  return line === undefined ? null : Number(line.split(" ").at(-1));
}

/** How many alerts crm-sync has raised for a CRM that lets it in no more. */
export async function countAlerts({ logs }: Stack, crm: CrmId): Promise<number> {
  const log = await readFile(join(logs, "crm-sync.log"), "utf8");
  const isAlert = (line: string) =>
    line.includes("credentials refused") && line.includes(`"crm":"${crm}"`);
  return log.split("\n").filter(isAlert).length;
}
