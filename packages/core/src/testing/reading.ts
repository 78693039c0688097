import { contractIdOf, toEvent, type ContractEvent } from "../contract-event.ts";
import type { IncomingRequest, Normalized, Provider } from "../providers/provider.ts";

/** A delivery of the body. This file is for the tests of the providers. */
export function requestOf(body: Uint8Array, headers: IncomingRequest["headers"] = {}) {
  return { method: "POST", headers, query: {}, body };
}

/** Read with the default settings, as if it had come on 1 December 2026. */
export function normalized(provider: Provider, body: Uint8Array): Normalized {
  const receivedAt = new Date("2026-12-01T12:00:00Z");
  return provider.normalize(requestOf(body), { settings: provider.settings.parse({}), receivedAt });
}

/** Every event that the bodies report, by contract id. */
export function eventsOf(
  provider: Provider,
  bodies: readonly Uint8Array[],
): Map<string, ContractEvent[]> {
  const reports = bodies
    .map((body) => normalized(provider, body))
    .flatMap((result) => (result.understood ? result.reports : []));
  const events = reports.flatMap(({ externalId, facts }) =>
    facts.map((fact) =>
      toEvent(fact, {
        contractId: contractIdOf(provider.id, externalId),
        observedAt: "2026-12-01T12:00:00.000Z",
        via: "webhook",
      }),
    ),
  );
  return Map.groupBy(events, (event) => event.contractId);
}
