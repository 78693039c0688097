import type { RecordKind } from "../../mapping/mapping.ts";
import type { Calls } from "../calls.ts";
import type { Setup } from "../setup.ts";
import { kindsOf, type WantedField } from "../wanted-fields.ts";
import type { HubspotClient } from "./client.ts";
import { objectTypes, paths } from "./paths.ts";
import { GroupsAnswer, MadeAnswer, PropertiesAnswer } from "./schema.ts";
import { planSetup, type HubspotPresent, type HubspotStep } from "./plan-setup.ts";

/**
 * What is missing in the account of what countersign.yaml names, for deals, companies and contacts. Needs the
 * scopes crm.schemas.<object>.read, and .write only to make something.
 */
export async function setUpHubspot(
  client: HubspotClient,
  call: Calls,
  wanted: readonly WantedField[],
): Promise<Setup> {
  const plans = await Promise.all(
    kindsOf(wanted).map(async (kind) => planSetup(kind, wanted, await look(client, call, kind))),
  );
  const make = async ({ on, kind, body }: HubspotStep) => {
    const path = (kind === "group" ? paths.groups : paths.properties)(objectTypes[on]);
    await call(`make-${kind}`, () => client.send("POST", path, MadeAnswer, body));
  };
  return {
    steps: plans
      .flatMap(({ steps }) => steps)
      .map((step) => ({ says: step.says, make: () => make(step) })),
    faults: plans.flatMap(({ faults }) => faults),
  };
}

async function look(client: HubspotClient, call: Calls, kind: RecordKind): Promise<HubspotPresent> {
  const type = objectTypes[kind];
  const [groups, properties] = await Promise.all([
    call("read-groups", () => client.get(paths.groups(type), GroupsAnswer)),
    call("read-properties", () => client.get(paths.properties(type), PropertiesAnswer)),
  ]);
  return {
    groups: new Set(groups.results.map(({ name }) => name)),
    properties: new Set(properties.results.map(({ name }) => name)),
  };
}
