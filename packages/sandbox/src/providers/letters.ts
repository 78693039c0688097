import { sampleDeliveries, type Step } from "@countersign/core/testing";
import { secretOf } from "../credentials.ts";
import type { SandboxContract } from "./contract.ts";
import type { Letter } from "./webhook.ts";

/** The webhooks that the provider sends when the last of the contract's steps happens. */
export function lettersOf({ providerId, walk, steps }: SandboxContract): Letter[] {
  const requests = sampleDeliveries(providerId, secretOf(providerId), walk, steps);
  const last = steps.at(-1);
  const what = last === undefined ? "" : say(last, walk.recipients);
  return requests.map(({ method, headers, query, body }) => ({
    contractId: walk.externalId,
    providerId,
    title: walk.title,
    what,
    method,
    query,
    headers: single(headers),
    body: new Uint8Array(body),
  }));
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

function single(headers: Record<string, string | string[] | undefined>): Record<string, string> {
  const entries = Object.entries(headers).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, Array.isArray(value) ? value.join(", ") : value]],
  );
  return Object.fromEntries(entries);
}
