import type { Contract, Recipient } from "@countersign/core";

/** Something that happened to a contract and that a deal's people want to see. `key` names it for ever. */
export type Milestone = { key: string; at: string; subject: string; lines: string[] };

/** What has happened to the contract, in its order: sent, each signature, and its end. */
export function milestonesOf(contract: Contract): Milestone[] {
  const reached = [...sent(contract), ...signatures(contract), ...ending(contract)];
  return reached.toSorted((a, b) => a.at.localeCompare(b.at));
}

function sent(contract: Contract): Milestone[] {
  if (contract.sentAt === null) return [];
  const names = contract.recipients.map(nameOf).join(", ");
  const lines = names === "" ? [] : [`To: ${names}`];
  return [{ key: "sent", at: contract.sentAt, ...told(contract, "sent", lines) }];
}

/** The last signature completes the contract: its end says it. */
function signatures(contract: Contract): Milestone[] {
  const signers = contract.recipients.filter(({ signedAt }) => signedAt !== null);
  const times = signers.flatMap(({ signedAt }) => signedAt ?? []).toSorted();
  return signers.flatMap((signer) => {
    const at = signer.signedAt;
    if (at === null || (contract.completedAt !== null && at === times.at(-1))) return [];
    const what = `signed by ${nameOf(signer)}`;
    return [{ key: `signed ${signer.key}`, at, ...told(contract, what, []) }];
  });
}

function ending(contract: Contract): Milestone[] {
  switch (contract.status) {
    case "completed": {
      const { completedAt: at } = contract;
      const names = contract.recipients.filter(({ signedAt }) => signedAt !== null).map(nameOf);
      const lines = names.length === 0 ? [] : [`Signed by: ${names.join(", ")}`];
      return at === null ? [] : [{ key: "completed", at, ...told(contract, "completed", lines) }];
    }
    case "declined":
    case "voided":
    case "expired": {
      const { endedAt: at, reason, status } = contract;
      const lines = reason === null ? [] : [`Reason: ${reason}`];
      return at === null ? [] : [{ key: status, at, ...told(contract, status, lines) }];
    }
    case "draft":
    case "sent":
    case "viewed":
    case "partially_signed":
      return [];
  }
}

function told({ title, url }: Contract, what: string, lines: string[]) {
  const subject = `Contract ${what}: ${title ?? "untitled"}`;
  return { subject, lines: url === null ? lines : [...lines, url] };
}

function nameOf({ name, email, key }: Recipient): string {
  return name ?? email ?? key;
}
