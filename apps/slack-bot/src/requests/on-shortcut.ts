import type { Log } from "@countersign/service";
import type { AllMiddlewareArgs, SlackShortcutMiddlewareArgs } from "@slack/bolt";
import { z } from "zod";
import type { Ports } from "../ports.ts";
import type { Shortcut } from "../shortcuts/shortcut.ts";
import { away } from "./away.ts";
import { once } from "./once.ts";
import { askingFrom, Origin } from "./origin.ts";
import { show } from "./show.ts";
import { forOurs, type IsStranger } from "./strangers.ts";

/** The message that a shortcut was used on; our own carry the contract's id in their metadata. */
const OnMessage = z.object({
  type: z.literal("message_action"),
  channel: z.object({ id: z.string() }),
  message: z.object({
    ts: z.string(),
    text: z.string().default(""),
    metadata: z
      .object({ event_payload: z.object({ contract_id: z.string().optional() }) })
      .optional()
      .catch(undefined),
  }),
});

export function onShortcut(shortcut: Shortcut, ports: Ports, isStranger: IsStranger, log: Log) {
  return async ({
    body,
    ack,
    client,
    respond,
  }: SlackShortcutMiddlewareArgs & AllMiddlewareArgs): Promise<void> => {
    await ack();
    const origin = Origin.parse(body);
    const asking = askingFrom(origin, ports.workspaces);
    const on = OnMessage.safeParse(body).data ?? null;
    const used =
      on === null
        ? null
        : {
            channel: on.channel.id,
            ts: on.message.ts,
            text: on.message.text,
            contractId: on.message.metadata?.event_payload.contract_id ?? null,
          };
    const reply = await once(ports, asking, async () =>
      (await isStranger(origin, asking.workspace)) ? forOurs : shortcut.run(used, asking, ports),
    ).catch((error: unknown) => {
      log.warn({ error, shortcut: shortcut.id }, "shortcut failed");
      return away;
    });
    const place =
      on === null ? ({ in: "home" } as const) : { in: "conversation" as const, respond };
    await show(reply, asking, place, client);
  };
}
