import type { Calls } from "../calls.ts";
import type { WantedField } from "../check-fields.ts";
import type { Setup } from "../setup.ts";
import type { HubspotClient } from "./client.ts";
import { paths } from "./paths.ts";
import { GroupsAnswer, MadeAnswer, PropertiesAnswer } from "./schema.ts";
import { planSetup, type HubspotStep } from "./plan-setup.ts";

/** What is missing in the account of what countersign.yaml names. Needs the scopes crm.schemas.deals.read and .write. */
export async function setUpHubspot(
  client: HubspotClient,
  call: Calls,
  wanted: readonly WantedField[],
): Promise<Setup> {
  const [groups, properties] = await Promise.all([
    call("read-groups", () => client.get(paths.groups, GroupsAnswer)),
    call("read-properties", () => client.get(paths.properties, PropertiesAnswer)),
  ]);
  const { steps, faults } = planSetup(wanted, {
    groups: new Set(groups.results.map(({ name }) => name)),
    properties: new Set(properties.results.map(({ name }) => name)),
  });
  const make = async ({ kind, body }: HubspotStep) => {
    const path = kind === "group" ? paths.groups : paths.properties;
    await call(`make-${kind}`, () => client.send("POST", path, MadeAnswer, body));
  };
  return { steps: steps.map((step) => ({ says: step.says, make: () => make(step) })), faults };
}
