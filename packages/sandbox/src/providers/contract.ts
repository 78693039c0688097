import type { ContractStatus } from "@countersign/core";
import type { Step, Walk } from "@countersign/core/testing";

/** What a signer, and what the sender or time, can do to a contract at the provider. */
export const signerActs = ["view", "sign", "decline"] as const;
export const contractActs = ["void", "expire"] as const;

export type SignerAct = (typeof signerActs)[number];
export type ContractAct = (typeof contractActs)[number];

/** `signer` is an e-mail address. */
export type Act =
  | { kind: SignerAct; signer: string; reason?: string }
  | { kind: ContractAct; reason?: string };

export type SignerStatus = "waiting" | "sent" | "viewed" | "signed" | "declined";

/** A contract as the provider's side of the sandbox keeps it: who is on it, and what has happened. */
export type SandboxContract = {
  providerId: string;
  walk: Walk;
  steps: Step[];
};

/** Who sends every contract of the sandbox. */
export const sender = { name: "Mara Lindqvist", email: "mara.lindqvist@northgate.example" };

type Signer = Walk["recipients"][number];

export function statusOf({ steps, walk }: SandboxContract): ContractStatus {
  const ending = endingOf(steps);
  if (ending !== null) return ending;
  const statuses = new Set(walk.recipients.map((signer) => signerStatus({ steps, walk }, signer)));
  if (statuses.has("signed")) return "partially_signed";
  return statuses.has("viewed") ? "viewed" : "sent";
}

export function signerStatus(
  { steps, walk }: Pick<SandboxContract, "steps" | "walk">,
  { key, order }: Signer,
): SignerStatus {
  const did = (kind: Step["kind"], who: string) =>
    steps.some((step) => step.kind === kind && step.recipientKey === who);
  for (const status of ["declined", "signed", "viewed"] as const) {
    if (did(status, key)) return status;
  }
  const before = walk.recipients.filter((other) => other.order < order);
  return before.every((other) => did("signed", other.key)) ? "sent" : "waiting";
}

/** What this signer can do now. */
export function signerCan(contract: SandboxContract, signer: Signer): SignerAct[] {
  if (endingOf(contract.steps) !== null) return [];
  const status = signerStatus(contract, signer);
  if (status === "sent") return ["view", "sign", "decline"];
  return status === "viewed" ? ["sign", "decline"] : [];
}

/** What the sender, or time, can do now. */
export function contractCan({ steps }: SandboxContract): ContractAct[] {
  return endingOf(steps) === null ? ["void", "expire"] : [];
}

/** The steps that an act leads to, or why it cannot be done now. */
export function act(
  contract: SandboxContract,
  { kind, reason, ...by }: Act,
  at: Date,
): { done: true; steps: Step[] } | { done: false; reason: string } {
  const signer = contract.walk.recipients.find(
    ({ email }) => "signer" in by && email === by.signer,
  );
  const can = new Set<string>(signer ? signerCan(contract, signer) : contractCan(contract));
  if ("signer" in by && signer === undefined) {
    return { done: false, reason: "This contract has no such signer. Name one by e-mail address." };
  }
  if (!can.has(kind)) {
    return { done: false, reason: `Not possible now: the contract is ${statusOf(contract)}.` };
  }
  const who = signer === undefined ? {} : { recipientKey: signer.key };
  const step = { kind: results[kind], at, ...who, ...(reason === undefined ? {} : { reason }) };
  return {
    done: true,
    steps: isLastSignature(contract, step) ? [step, { kind: "completed", at }] : [step],
  };
}

const results = {
  view: "viewed",
  sign: "signed",
  decline: "declined",
  void: "voided",
  expire: "expired",
} as const;

function isLastSignature({ steps, walk }: SandboxContract, step: Step): boolean {
  const after = { steps: [...steps, step], walk };
  return walk.recipients.every((signer) => signerStatus(after, signer) === "signed");
}

const endings = ["completed", "declined", "voided", "expired"] as const;

function endingOf(steps: Step[]): (typeof endings)[number] | null {
  return endings.find((ending) => steps.some(({ kind }) => kind === ending)) ?? null;
}
