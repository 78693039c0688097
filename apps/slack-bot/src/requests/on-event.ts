import type { Log } from "@countersign/service";
import { readEvent, takeEvent, type EventHandler } from "../events/event.ts";
import type { Ports } from "../ports.ts";

/** Handles an event once. Bolt has answered Slack by then: what fails is not sent again. */
export function onEvent(handler: EventHandler, ports: Ports, log: Log) {
  return async ({ body }: { body: unknown }): Promise<void> => {
    try {
      await takeEvent(readEvent(body, ports), handler, ports);
    } catch (error) {
      log.warn({ error, type: handler.type }, "slack event could not be handled");
    }
  };
}
