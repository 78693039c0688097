import { contractIdOf, toEvent, type ContractEvent } from "../contract-event.ts";
import type {
  ContractReport,
  IncomingRequest,
  Normalized,
  Provider,
} from "../providers/provider.ts";
import { delivered, now } from "./delivery.ts";

/** A delivery of the body. This file is for the tests of the providers. */
export function requestOf(body: Uint8Array, headers: IncomingRequest["headers"] = {}) {
  return { method: "POST", headers, query: {}, body };
}

/** Delivered as the vendor does and read with the default settings, on 1 December 2026. */
export function normalized(provider: Provider, body: Uint8Array): Normalized {
  return read(provider, delivered(provider, body));
}

/** Any request, read with the default settings, on 1 December 2026. */
export function read(provider: Provider, request: IncomingRequest): Normalized {
  return provider.normalize(request, { settings: provider.settings.parse({}), receivedAt: now });
}

/** Every event that the bodies report, by contract id. */
export function eventsOf(
  provider: Provider,
  bodies: readonly Uint8Array[],
): Map<string, ContractEvent[]> {
  const reports = bodies
    .map((body) => normalized(provider, body))
    .flatMap((result) => (result.understood ? result.reports : []));
  const events = reports.flatMap((report) => eventsIn(provider, report));
  return Map.groupBy(events, (event) => event.contractId);
}

export function eventsIn(
  provider: Provider,
  { externalId, facts }: ContractReport,
  via: ContractEvent["via"] = "webhook",
): ContractEvent[] {
  const contractId = contractIdOf(provider.id, externalId);
  return facts.map((fact) => toEvent(fact, { contractId, observedAt: now.toISOString(), via }));
}
