import type { Provider } from "@countersign/core";
import type { Step, Walk } from "@countersign/core/testing";
import { sender, type SandboxContract } from "./contract.ts";
import { knownProvider } from "./known-provider.ts";
import type { Letter } from "./webhook.ts";

/** The webhooks that the provider sends when the last of the contract's steps happens. */
export function lettersOf({ providerId, walk, steps }: SandboxContract): Letter[] {
  const last = steps.at(-1);
  const what = last === undefined ? "" : say(last, walk.recipients);
  const about = { contractId: walk.externalId, providerId, title: walk.title, what };
  return knownProvider(providerId)
    .vendorSide.deliveryBodies(walk, steps)
    .map((body) => ({ ...about, body, attempt: 0, marks: [] }));
}

/** What the provider sends when somebody presses its console's test button: by default, that a contract was sent. */
export function testLetter(providerId: string, contractId: string, at: Date): Letter | undefined {
  const provider = knownProvider(providerId);
  const body = provider.vendorSide.testBody?.(at) ?? ordinaryBody(provider, contractId, at);
  if (body === undefined) return undefined;
  const said = { title: "Test contract", what: "Test button" };
  return { contractId, providerId, ...said, body, attempt: 0, marks: ["test"] };
}

function ordinaryBody({ vendorSide }: Provider, externalId: string, at: Date) {
  const walk: Walk = {
    externalId,
    title: "Test contract",
    sender,
    fields: {},
    recipients: [{ key: "1", name: "Ken Ito", email: "ken.ito@example.com", order: 1 }],
  };
  return vendorSide.deliveryBodies(walk, [{ kind: "sent", at }]).at(-1);
}

/** A step in words: `Signed by Dana Reyes`. */
function say(
  { kind, recipientKey, reason }: Step,
  people: { key: string; name: string }[],
): string {
  const who = people.find(({ key }) => key === recipientKey)?.name;
  const verb = kind.charAt(0).toUpperCase() + kind.slice(1);
  return [who === undefined ? verb : `${verb} by ${who}`, reason].filter(Boolean).join(": ");
}
