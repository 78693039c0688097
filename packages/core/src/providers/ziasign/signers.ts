import { limits } from "../../limits.ts";
import type { Message } from "./message.ts";
import type { Part, SignerBody } from "./schema.ts";

export type Signer = {
  key: string;
  name: string | undefined;
  email: string | undefined;
  role: string | undefined;
  order: number | undefined;
  status: string | undefined;
  sentAt: string | undefined;
  viewedAt: string | undefined;
  signedAt: string | undefined;
  declinedAt: string | undefined;
  reason: string | undefined;
};

/** Everybody whom the document or what stands around it lists, or undefined where there is no list. */
export function signersIn(message: Message): Signer[] | undefined {
  const list = message.parts.map(listOf).find((one) => one !== undefined);
  if (list === undefined) return undefined;
  const signers = list
    .slice(0, limits.recipients)
    .flatMap((body) => (body && signerOf(body)) ?? []);
  return [...new Map(signers.map((one) => [one.key, one])).values()];
}

/**
 * Who did what the event reports: the signer it names, by the key they have in the list, or the only one
 * on the document who signs.
 */
export function actingSigner(message: Message, signers: Signer[]): Signer | undefined {
  const named = message.parts.map(namedIn).find((one) => one !== undefined);
  const acting = named && signerOf(named);
  if (acting) {
    const listed = signers.find((one) => one.key === acting.key || sameEmail(one, acting));
    return { ...acting, key: listed?.key ?? acting.key, role: acting.role ?? listed?.role };
  }
  const able = signers.filter(signs);
  return able.length === 1 ? able[0] : undefined;
}

const readers = new Set(["cc", "viewer", "editor", "agent"]);

/** Roles: ziasign.com/docs/sending-documents. An approval is the approver's signature. */
export function signs(signer: Signer): boolean {
  return signer.role === undefined || !readers.has(signer.role);
}

function listOf(part: Part): (SignerBody | undefined)[] | undefined {
  return part.signers ?? part.recipients;
}

function namedIn(part: Part): Partial<SignerBody> | undefined {
  const named = part.signer ?? part.recipient;
  if (named !== undefined) return named;
  if (part.signerId === undefined && part.signerEmail === undefined) return undefined;
  return { id: part.signerId, email: part.signerEmail };
}

function signerOf(body: Partial<SignerBody>): Signer | undefined {
  const key = body.id ?? body.signerId ?? body.recipientId ?? body.email?.toLowerCase();
  if (key === undefined) return undefined;
  return {
    key,
    name: body.name,
    email: body.email,
    role: body.role && roleOf(body.role),
    order: body.order ?? body.signingOrder ?? body.routingOrder,
    status: body.status,
    sentAt: body.sentAt,
    viewedAt: body.viewedAt,
    signedAt: body.signedAt,
    declinedAt: body.declinedAt,
    reason: body.declineReason ?? body.reason,
  };
}

function roleOf(word: string): string {
  const role = word.replaceAll(/[_-]/g, " ");
  if (role === "in person signer") return "in-person signer";
  return role === "carbon copy" ? "cc" : role;
}

function sameEmail(a: Signer, b: Signer): boolean {
  return a.email !== undefined && a.email.toLowerCase() === b.email?.toLowerCase();
}
