import {
  losePlace,
  readPlace,
  savePlace,
  saveSubscription,
  stopSubscriptions,
  type PermanentError,
} from "@countersign/store";
import type { Ports } from "../ports.ts";
import type { Channels } from "../slack/channels.ts";
import { everything, isSameSpot, type Spot } from "./channel-plans.ts";
import { readKept, termsOf } from "./kept.ts";
import { tellOfStops } from "./stops.ts";

/** Who the configured channel's subscription is by. */
const configured = "countersign.yaml";

/**
 * Nothing more goes to a channel or a person that can no longer be posted to, and an admin is told once. A person is
 * tried again after a day, a channel when somebody subscribes it again.
 */
export async function loseTarget(
  ports: Ports,
  channels: Channels,
  channel: string,
  { code }: Pick<PermanentError, "code">,
): Promise<void> {
  const store = ports.store();
  const place = await readPlace(store, "slack", channel);
  const spot = { workspace: await workspaceOf(ports, channel, place?.workspace), channel };
  if (place === null) await savePlace(store, { destination: "slack", ...spot, person: null });
  await losePlace(store, { destination: "slack", channel }, code);
  await keepDefault(ports, spot);
  const why = { code, message: `Slack refused (${code}).` };
  await stopSubscriptions(store, { destination: "slack", ...spot }, why);
  await tellNow(ports, channels);
}

async function workspaceOf(
  ports: Ports,
  channel: string,
  known: string | undefined,
): Promise<string> {
  if (known !== undefined) return known;
  const own = (await readKept(ports.store())).find((one) => one.channel === channel);
  return own?.workspace ?? ports.hearing.defaultChannel?.workspace ?? "";
}

/** The configured channel's subscription is written down, so that it can be stopped like any other. */
async function keepDefault(ports: Ports, spot: Spot): Promise<void> {
  const { defaultChannel } = ports.hearing;
  if (defaultChannel === null || !isSameSpot(defaultChannel, spot)) return;
  const store = ports.store();
  const lock = `${store.schema} slack default channel`;
  await store.locks.whileAlone(lock, async () => {
    if (termsOf(await readKept(store, spot)).length > 0) return;
    const by = { destination: "slack", madeBy: configured, rule: everything };
    await saveSubscription(store, { ...spot, ...by });
  });
}

/** Where nobody can be told now, the next minute's look tells them: a contract need not wait for that. */
async function tellNow(ports: Ports, channels: Channels): Promise<void> {
  try {
    await tellOfStops(ports, channels);
  } catch {
    // See above.
  }
}
