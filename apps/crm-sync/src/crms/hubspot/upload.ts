import { setTimeout as wait } from "node:timers/promises";
import { readText } from "@countersign/service";
import type { z } from "zod";
import type { Lasting } from "../attachments.ts";
import { refuseLate } from "../not-sent.ts";
import { contentOf } from "./client.ts";

/** Sends a form with a file, which is read as it is sent. Rejects with HubspotRefusal, and with NotSent. */
export type Upload = <Schema extends z.ZodType>(
  path: string,
  form: FormData,
  answer: Schema,
  lasting: Lasting,
) => Promise<z.infer<Schema>>;

type Connection = {
  accessToken: string;
  basePath: string;
  /** Milliseconds. */
  timeout: number;
  callsPer10Seconds: number;
};

/**
 * Beside HubSpot's client, whose allowance lets others go before a call that takes as long as a file. Uploads keep
 * within the part of the account's calls that the client leaves. No redirect is followed: a contract goes nowhere else.
 */
export function createUpload(connection: Connection): Upload {
  const { accessToken, basePath, timeout, callsPer10Seconds } = connection;
  const between = 10_000 / (callsPer10Seconds * 0.05);
  let next = 0;
  return async (path, form, answer, { isHeld, signal }) => {
    const early = next - performance.now();
    next = Math.max(next, performance.now()) + between;
    if (early > 0) await wait(early);
    refuseLate(isHeld);
    const response = await fetch(basePath.replace(/\/$/, "") + path, {
      method: "POST",
      headers: { authorization: `Bearer ${accessToken}` },
      body: form,
      redirect: "manual",
      signal: AbortSignal.any([signal, AbortSignal.timeout(timeout)]),
    });
    const text = await readText(response);
    const headers = Object.fromEntries(response.headers);
    return answer.parse(contentOf({ status: response.status, headers, text }));
  };
}
