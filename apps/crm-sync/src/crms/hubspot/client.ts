import type { OutsideAnswer } from "@countersign/service";
import type { z } from "zod";
import { createAllowance, type Allowed } from "../allowance.ts";
import { always, refuseLate, type IsTimely } from "../not-sent.ts";
import type { Quota } from "../quota.ts";
import { DirectClient, type Options } from "./direct-client.ts";
import { HubspotRefusal } from "./errors.ts";

/** `isTimely` is asked straight before the call; rejects with NotSent where it is not. */
export type HubspotClient = {
  get<Schema extends z.ZodType>(
    path: string,
    answer: Schema,
    query?: Record<string, string>,
  ): Promise<z.infer<Schema>>;
  send<Schema extends z.ZodType>(
    method: "POST" | "PATCH",
    path: string,
    answer: Schema,
    body: object,
    isTimely?: IsTimely,
  ): Promise<z.infer<Schema>>;
  /** What the last answer said of the day's calls; null where none did, as with an OAuth app's token. */
  quota: () => Quota | null;
};

/**
 * HubSpot's client without its retries, since the queue tries again, and with an allowance instead of its limiter.
 * It is asked for the whole answer, of which the generated methods drop the rate limit's policy. Rejects with
 * HubspotRefusal.
 */
export function createClient(
  accessToken: string,
  basePath: string,
  timeout: number,
  callsPer10Seconds: number,
): HubspotClient {
  const client = new DirectClient({
    accessToken,
    basePath: basePath.replace(/\/$/, ""),
    numberOfApiCallRetries: 0,
  });
  const allow = createAllowance({ ...allowedOf(callsPer10Seconds), longest: timeout });
  let quota: Quota | null = null;
  const ask = async (options: Options, isTimely: IsTimely = always) => {
    const said = await allow(async () => {
      refuseLate(isTimely);
      return client.call(options, timeout);
    });
    quota = quotaOf(said) ?? quota;
    return contentOf(said);
  };
  return {
    async get(path, answer, query = {}) {
      return answer.parse(await ask({ path, qs: query }));
    },
    async send(method, path, answer, body, isTimely) {
      return answer.parse(await ask({ method, path, body }, isTimely));
    },
    quota: () => quota,
  };
}

function quotaOf({ headers }: OutsideAnswer): Quota | null {
  const [limit, left] = ["daily", "daily-remaining"].map((name) =>
    Number(headers[`x-hubspot-ratelimit-${name}`] ?? Number.NaN),
  );
  if (limit === undefined || left === undefined) return null;
  return Number.isFinite(limit) && Number.isFinite(left) ? { limit, left } : null;
}

/**
 * Stays a little below what the account allows in any ten seconds: most of it is given out evenly, and the
 * rest kept for calls that come together, so that a contract that is alone need not wait before its write.
 */
function allowedOf(callsPer10Seconds: number): Omit<Allowed, "longest"> {
  const interval = 250;
  const each = Math.floor((callsPer10Seconds * 0.8 * interval) / 10_000);
  const kept = Math.floor(callsPer10Seconds * 0.95) - (each * 10_000) / interval;
  return { atOnce: 6, kept, each, interval };
}

/** What HubSpot said, where it is a success. Throws HubspotRefusal. */
export function contentOf({ status, headers, text }: OutsideAnswer): unknown {
  if (status >= 200 && status < 300) return JSON.parse(text);
  throw new HubspotRefusal(status, parse(text), headers["retry-after"] ?? null);
}

/** What stands before HubSpot may answer with a page of HTML. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
