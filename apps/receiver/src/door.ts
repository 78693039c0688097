import type { IncomingMessage } from "node:http";
import type { IncomingRequest } from "@countersign/core";
import type { Admission } from "./admission.ts";
import type { Source } from "./config.ts";
import { createRate } from "./rate.ts";
import { readBody } from "./read-body.ts";
import { receive, type Received, type ReceivePorts } from "./receive.ts";

export type Enter = (incoming: IncomingRequest, message: IncomingMessage) => Promise<Received>;

/**
 * The way in for a source's requests: the source's rate and the room that is left are looked at before the
 * body is read and long before its signature is. Whoever is turned away costs next to nothing.
 */
export function createDoor(source: Source, admission: Admission, ports: ReceivePorts): Enter {
  const takePlace = source.rate === null ? () => 0 : createRate(source.rate);
  return async (incoming, message) => {
    const seconds = takePlace(ports.now());
    if (seconds > 0) return { outcome: "too-fast", seconds };
    using room = admission(declaredBytes(message, source.maxBodyBytes));
    if (room === null) return { outcome: "overloaded" };
    const read = await readBody(message, source.maxBodyBytes, room);
    if (read.outcome !== "read") return read;
    return await receive(source, { ...incoming, body: read.body }, ports);
  };
}

/** A body that is too large for its source is told so, whatever room there is. */
function declaredBytes(message: IncomingMessage, limit: number): number {
  const declared = Number(message.headers["content-length"] ?? 0);
  return declared <= limit ? declared : 0;
}
