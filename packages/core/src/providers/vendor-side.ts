import type { HttpAnswer, HttpCall } from "./client.ts";

/** A contract on its way through a provider, for tests and the sandbox, in no vendor's words. */
export type Walk = {
  externalId: string;
  title: string;
  sender: { name: string; email: string };
  fields: Record<string, string>;
  /** Records of CRMs that the vendor itself has tied to it, under the names of fields. */
  records?: Record<string, string>;
  amount?: { value: number; currency: string | null };
  recipients: WalkRecipient[];
};

/** `order` 1 signs first; equal orders sign in parallel. */
type WalkRecipient = {
  key: string;
  name: string;
  email: string;
  order: number;
  /** At vendors where each has fields of their own: instead of the contract's. */
  fields?: Record<string, string>;
};

export const stepKinds = [
  "created",
  "sent",
  "viewed",
  "signed",
  "completed",
  "declined",
  "voided",
  "expired",
] as const;

/** One thing that happens. `recipientKey` says who viewed, signed or declined. */
export type Step = {
  kind: (typeof stepKinds)[number];
  recipientKey?: string;
  reason?: string;
  at: Date;
};

/** A contract as the vendor knows it. */
export type VendorContract = { walk: Walk; steps: readonly Step[] };

/** The vendor's side of a provider, in the vendor's shapes. */
export type VendorSide = {
  /** The bodies of the webhooks that the last of the steps fires, before they are signed. */
  deliveryBodies(walk: Walk, steps: readonly Step[]): Uint8Array[];
  /** What does not happen at this vendor, so that such a step leaves a contract as it was. */
  lacks?: readonly Step["kind"][];
  /** The body as its `attempt`-th repetition has it (1 for the first), where it is not the same bytes. */
  repeated?(body: Uint8Array, at: Date, attempt: number): Uint8Array;
  /** What the console's test button sends, where it is not an ordinary body. */
  testBody?(at: Date): Uint8Array;
  /** The `access:` with which our client reaches this side at `baseUrl` (no slash at the end). */
  access?(baseUrl: string): unknown;
  /**
   * The REST API's answer; `call.url` is what follows the base. 404 in the vendor's shape for what it does
   * not know, 401 for credentials that are not those of `access`.
   */
  answer?(call: HttpCall, contracts: readonly VendorContract[], now: Date): VendorAnswer;
};

/** `changed`: the contract as the call has left it. Whoever keeps the contracts keeps that one instead. */
export type VendorAnswer = HttpAnswer & { changed?: Walk };

/** When each thing had happened after some steps. */
export type Progress = {
  at: Partial<Record<Step["kind"], Date>>;
  reason: string | undefined;
  recipients: RecipientProgress[];
};

export type RecipientProgress = WalkRecipient & {
  sent?: Date;
  viewed?: Date;
  signed?: Date;
  declined?: Date;
};

export function progressOf(walk: Walk, steps: readonly Step[]): Progress {
  const timeOf = (kind: Step["kind"], key?: string) =>
    steps.find((step) => step.kind === kind && (key === undefined || step.recipientKey === key))
      ?.at;
  return {
    at: dated(stepKinds.map((kind) => [kind, timeOf(kind)])),
    reason: steps.at(-1)?.reason,
    recipients: walk.recipients.map((recipient) => ({
      ...recipient,
      ...dated([
        ["sent", turnOf(recipient, walk, steps)],
        ["viewed", timeOf("viewed", recipient.key)],
        ["signed", timeOf("signed", recipient.key)],
        ["declined", timeOf("declined", recipient.key)],
      ]),
    })),
  };
}

/** When it came to be their turn: at the sending, or once everybody before them had signed. */
function turnOf(recipient: WalkRecipient, walk: Walk, steps: readonly Step[]): Date | undefined {
  const before = walk.recipients.filter((other) => other.order < recipient.order);
  const waitedFor = [
    steps.find((step) => step.kind === "sent"),
    ...before.map(({ key }) =>
      steps.find((step) => step.kind === "signed" && step.recipientKey === key),
    ),
  ];
  const times = waitedFor.map((step) => step?.at);
  if (times.includes(undefined)) return undefined;
  return times
    .filter((time) => time !== undefined)
    .toSorted((a, b) => +a - +b)
    .at(-1);
}

function dated<Name extends string>(
  entries: (readonly [Name, Date | undefined])[],
): Partial<Record<Name, Date>> {
  const dates: Partial<Record<Name, Date>> = {};
  for (const [name, date] of entries) if (date !== undefined) dates[name] = date;
  return dates;
}
