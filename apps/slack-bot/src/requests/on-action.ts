import type { Log } from "@countersign/service";
import type { AllMiddlewareArgs, BlockAction, SlackActionMiddlewareArgs } from "@slack/bolt";
import type { Action } from "../actions/action.ts";
import { actionOf } from "../blocks/action-ids.ts";
import type { Ports } from "../ports.ts";
import { away } from "./away.ts";
import { once } from "./once.ts";
import { askingFrom, Origin } from "./origin.ts";
import { show, type Place } from "./show.ts";
import { forOurs, type IsStranger } from "./strangers.ts";
import { ActionPayload, useOf } from "./use.ts";

/** Does what stands behind a button or menu. It is acknowledged at once: what comes of it is shown afterwards. */
export function onAction(
  actions: readonly Action[],
  ports: Ports,
  isStranger: IsStranger,
  log: Log,
) {
  const known = new Map(actions.map((action) => [action.id, action]));
  return async ({
    body,
    payload,
    ack,
    respond,
    client,
  }: SlackActionMiddlewareArgs<BlockAction> & AllMiddlewareArgs): Promise<void> => {
    await ack();
    const action = known.get(actionOf(payload.action_id));
    // A button with an address opens it by itself: there is nothing to do.
    if (action === undefined) return;
    const origin = Origin.parse(body);
    const asking = askingFrom(origin, ports.workspaces);
    const used = useOf(ActionPayload.parse({ ...body, action: payload }));
    const place: Place =
      used.view === null ? { in: "conversation", respond } : { in: used.view.type };
    const reply = await once(ports, asking, async () =>
      (await isStranger(origin, asking.workspace)) ? forOurs : action.run(used, asking, ports),
    ).catch((error: unknown) => {
      log.warn({ error, action: action.id }, "action failed");
      return away;
    });
    await show(reply, asking, place, client);
  };
}
