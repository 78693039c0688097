import { providerById, type ContractStatus } from "@countersign/core";
import type { Walk } from "@countersign/core/testing";
import {
  contractCan,
  signerCan,
  signerStatus,
  statusOf,
  type ContractAct,
  type SandboxContract,
  type SignerAct,
  type SignerStatus,
} from "./contract.ts";
import type { Webhook } from "./webhook.ts";

export type SignerView = { name: string; email: string; status: SignerStatus; can: SignerAct[] };

/** A contract for the page and for tests. */
export type ContractView = {
  id: string;
  provider: { id: string; title: string };
  title: string;
  status: ContractStatus;
  fields: Record<string, string>;
  signers: SignerView[];
  can: ContractAct[];
};

export type WebhookView = Omit<Webhook, "body" | "attempt" | "providerId"> & { provider: string };

export function viewContract(contract: SandboxContract): ContractView {
  const { providerId, walk } = contract;
  return {
    id: walk.externalId,
    provider: { id: providerId, title: titleOf(providerId) },
    title: walk.title,
    status: statusOf(contract),
    fields: fieldsOf(walk),
    can: contractCan(contract),
    signers: walk.recipients.map((signer) => ({
      name: signer.name,
      email: signer.email,
      status: signerStatus(contract, signer),
      can: signerCan(contract, signer),
    })),
  };
}

/** All that names a CRM's record, wherever the provider has it. */
function fieldsOf({ fields, records = {}, recipients }: Walk): Record<string, string> {
  const own = recipients.map((one) => one.fields ?? {});
  return Object.assign({}, ...own.toReversed(), records, fields);
}

export function viewWebhook(webhook: Webhook): WebhookView {
  const { body: _body, attempt: _attempt, providerId, ...shown } = webhook;
  return { ...shown, provider: titleOf(providerId) };
}

function titleOf(providerId: string): string {
  return providerById(providerId)?.title ?? providerId;
}
