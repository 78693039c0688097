import { z } from "zod";
import { limits } from "../../limits.ts";
import { lenient, textOf } from "../lenient.ts";

/** `signed_at` and `signedAt` alike: which of the two ZiaSign writes is not published. */
export function camelKeys(value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  const entries = Object.entries(value).map(([key, inner]) => [
    key.replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase()),
    inner,
  ]);
  return Object.fromEntries(entries);
}

const signer = lenient.first(
  (value) => camelKeys(typeof value === "string" ? { email: value } : value),
  z
    .object({
      id: lenient.text(limits.externalId),
      signerId: lenient.text(limits.externalId),
      recipientId: lenient.text(limits.externalId),
      name: lenient.text(limits.name),
      email: lenient.email,
      role: lenient.word,
      order: lenient.order,
      signingOrder: lenient.order,
      routingOrder: lenient.order,
      status: lenient.word,
      sentAt: lenient.instant,
      viewedAt: lenient.instant,
      signedAt: lenient.instant,
      declinedAt: lenient.instant,
      declineReason: lenient.text(limits.reason),
      reason: lenient.text(limits.reason),
    })
    .optional()
    .catch(undefined),
);

export type SignerBody = NonNullable<z.infer<typeof signer>>;

const signers = z.array(signer).optional().catch(undefined);

const fields = z.record(z.string(), z.unknown()).optional().catch(undefined);

const number = lenient.read((value) => {
  const figure = Number(textOf(value, limits.note) ?? NaN);
  return Number.isFinite(figure) ? figure : undefined;
});

/** `1200`, `"1200.00"` or `{ value, currency }`. */
const amount = lenient.first(
  (value) => (typeof value === "object" ? value : { value }),
  lenient.object({ value: number, amount: number, currency: lenient.text(limits.note) }),
);

/** The document, the data around it and the whole body, each of which may say any of this. */
export const part = lenient.first(
  camelKeys,
  z
    .object({
      name: lenient.text(limits.title),
      title: lenient.text(limits.title),
      status: lenient.word,
      createdAt: lenient.instant,
      updatedAt: lenient.instant,
      sentAt: lenient.instant,
      completedAt: lenient.instant,
      declinedAt: lenient.instant,
      voidedAt: lenient.instant,
      expiredAt: lenient.instant,
      expiresAt: lenient.instant,
      expirationDate: lenient.instant,
      reason: lenient.text(limits.reason),
      declineReason: lenient.text(limits.reason),
      voidReason: lenient.text(limits.reason),
      sender: lenient.object({ name: lenient.text(limits.name), email: lenient.email }),
      signers,
      recipients: signers,
      signer,
      recipient: signer,
      signerId: lenient.text(limits.externalId),
      signerEmail: lenient.email,
      metadata: fields,
      customFields: fields,
      amount,
      currency: lenient.text(limits.note),
    })
    .optional()
    .catch(undefined),
);

export type Part = NonNullable<z.infer<typeof part>>;
