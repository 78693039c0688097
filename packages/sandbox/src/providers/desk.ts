import type { Walk } from "@countersign/core/testing";
import { act, sender, type Act, type SandboxContract } from "./contract.ts";
import { marked } from "./chaos.ts";
import { lettersOf, testLetter } from "./letters.ts";
import type { Mailroom } from "./mailroom.ts";
import type { Letter } from "./webhook.ts";

type Draft = {
  title: string;
  signers: { name: string; email: string; order?: number | undefined }[];
  hubspotDealId?: string | undefined;
  salesforceOpportunityId?: string | undefined;
  amount?: number | undefined;
};

type Outcome = { done: true; contract: SandboxContract } | { done: false; reason: string };

export type Desk = {
  /** Newest first. */
  contracts: () => SandboxContract[];
  find: (providerId: string, id: string) => SandboxContract | undefined;
  send: (providerId: string, draft: Draft) => SandboxContract;
  act: (contract: SandboxContract, what: Act) => Outcome;
  /** Keeps what a call to the provider's API has made of a contract. No webhook tells of it. */
  keep: (providerId: string, changed: Walk) => void;
  /** The last webhook five times at once, or all of them in random order. */
  repeat: (contract: SandboxContract, how: "duplicates" | "shuffled") => void;
  /** What somebody who sets up webhooks in the provider's console does first. */
  pressTestButton: (providerId: string) => void;
  reset: () => void;
};

/** The senders' and signers' side of every provider. Webhooks leave in the background. */
export function openDesk(options: {
  mailroom: Mailroom;
  now: () => Date;
  newId: () => string;
  /** From 0 up to 1. */
  random: () => number;
  onChange: () => void;
}): Desk {
  const { mailroom, now, newId, random, onChange } = options;
  const contracts = new Map<string, SandboxContract>();
  const letters = new Map<string, Letter[]>();
  let signers = 0;
  /** At some vendors a signer is found by their key alone, whichever the contract. */
  const newKey = () => String((signers += 1));

  /** Takes the steps one by one; each fires its webhooks. */
  function walkOn(contract: SandboxContract, steps: SandboxContract["steps"]): SandboxContract {
    const id = contract.walk.externalId;
    const after = { ...contract, steps: contract.steps.concat(steps) };
    for (const at of steps.keys()) {
      const then = { ...contract, steps: contract.steps.concat(steps.slice(0, at + 1)) };
      const written = lettersOf(then);
      letters.set(id, [...(letters.get(id) ?? []), ...written]);
      mailroom.post(written);
    }
    contracts.set(id, after);
    onChange();
    return after;
  }

  return {
    contracts: () => [...contracts.values()].toReversed(),
    find(providerId, id) {
      const contract = contracts.get(id);
      return contract?.providerId === providerId ? contract : undefined;
    },
    send(providerId, draft) {
      const at = now();
      const contract = { providerId, walk: toWalk(draft, newId(), newKey), steps: [] };
      return walkOn(contract, [
        { kind: "created", at },
        { kind: "sent", at },
      ]);
    },
    act(contract, what) {
      const result = act(contract, what, now());
      return result.done ? { done: true, contract: walkOn(contract, result.steps) } : result;
    },
    keep(providerId, changed) {
      const contract = contracts.get(changed.externalId);
      if (contract?.providerId !== providerId) return;
      contracts.set(changed.externalId, { ...contract, walk: changed });
      onChange();
    },
    repeat(contract, how) {
      const sent = letters.get(contract.walk.externalId) ?? [];
      const again = how === "duplicates" ? fiveOf(sent.at(-1)) : shuffled(sent, random);
      mailroom.repeat(again.map((letter) => marked(letter, "duplicate")));
    },
    pressTestButton(providerId) {
      const letter = testLetter(providerId, newId(), now());
      if (letter !== undefined) mailroom.repeat([letter]);
    },
    reset() {
      contracts.clear();
      letters.clear();
      onChange();
    },
  };
}

function fiveOf(letter: Letter | undefined): Letter[] {
  return letter === undefined ? [] : Array.from({ length: 5 }, () => letter);
}

function shuffled<T>(items: readonly T[], random: () => number): T[] {
  return items
    .map((item) => ({ item, rank: random() }))
    .toSorted((a, b) => a.rank - b.rank)
    .map(({ item }) => item);
}

function toWalk(draft: Draft, externalId: string, newKey: () => string): Walk {
  const links = {
    hubspot_deal_id: draft.hubspotDealId,
    salesforce_opportunity_id: draft.salesforceOpportunityId,
  };
  return {
    externalId,
    title: draft.title,
    sender,
    fields: Object.fromEntries(
      Object.entries(links).flatMap(([name, id]) => (id === undefined ? [] : [[name, id]])),
    ),
    ...(draft.amount === undefined ? {} : { amount: { value: draft.amount, currency: "USD" } }),
    recipients: draft.signers.map(({ name, email, order = 1 }) => ({
      key: newKey(),
      name,
      email,
      order,
    })),
  };
}
