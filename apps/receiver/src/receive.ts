import type { IncomingRequest, Normalized, RefusalReason } from "@countersign/core";
import {
  couldNotBeStored,
  isDataFault,
  Overloaded,
  type Delivery,
  type Kept,
  type Recorded,
} from "@countersign/store";
import type { Source } from "./config.ts";
import { readFacts, toDelivery } from "./evidence.ts";
import type { Unread } from "./read-body.ts";

/** What became of a request. Expected ends are values; `answer.ts` says what each is answered. */
export type Received =
  | Recorded
  | Kept
  | { outcome: "refused"; reason: RefusalReason }
  /** It could not be made durable. The provider is asked to send it again. */
  | { outcome: "unavailable"; error: unknown }
  /** The source sends more than it may, or more is under way than there is room for. Nothing was read. */
  | { outcome: "too-fast"; seconds: number }
  | Unread;

export type ReceivePorts = {
  /** Makes it durable, read or to be read later. Rejects with Overloaded where too much waits already. */
  record: (delivery: Delivery, read: () => Normalized) => Promise<Recorded | Kept>;
  /** Told of every secret that proved a request. */
  noteSecretUse: (source: string, secretIndex: number, at: Date) => void;
  /** Told of a fault of ours in reading what a request says. */
  noteUnreadable: (error: unknown) => void;
  now: () => Date;
};

/** Verify the bytes, read the facts, make both durable. */
export async function receive(
  source: Source,
  request: IncomingRequest,
  ports: ReceivePorts,
): Promise<Received> {
  const { provider, secrets, settings } = source;
  const receivedAt = ports.now();
  const verified = provider.verify(request, { secrets, settings, now: receivedAt });
  if (!verified.authentic) return { outcome: "refused", reason: verified.reason };
  const { secretIndex } = verified;
  ports.noteSecretUse(source.name, secretIndex, receivedAt);
  const cleared = withoutCredentials(request.headers, source.credentialHeaders);
  const delivery = toDelivery(source, {
    request: { ...request, headers: cleared },
    secretIndex,
    receivedAt,
    via: "webhook",
  });
  return keep(delivery, () => readFacts(source, delivery, ports.noteUnreadable), ports);
}

/** Credentials of the provider, or of a proxy or person in front of us, are no part of the evidence. */
function withoutCredentials(
  headers: IncomingRequest["headers"],
  credentialHeaders: ReadonlySet<string>,
): IncomingRequest["headers"] {
  const kept: IncomingRequest["headers"] = {};
  for (const name in headers) if (!credentialHeaders.has(name)) kept[name] = headers[name];
  return kept;
}

async function keep(
  delivery: Delivery,
  read: () => Normalized,
  ports: ReceivePorts,
): Promise<Received> {
  try {
    return await ports.record(delivery, read);
  } catch (error) {
    if (error instanceof Overloaded) return { outcome: "overloaded" };
    if (read === refuse || !isDataFault(error)) return { outcome: "unavailable", error };
    // Sending the same again cannot help: it is kept for a person to look at.
    return keep(delivery, refuse, ports);
  }
}

const refuse = () => couldNotBeStored;
