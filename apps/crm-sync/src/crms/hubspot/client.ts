import { Client, DEFAULT_LIMITER_OPTIONS } from "@hubspot/api-client";
import type { z } from "zod";
import { HubspotRefusal } from "./errors.ts";

export type HubspotClient = {
  get<Schema extends z.ZodType>(
    path: string,
    answer: Schema,
    query?: Record<string, string>,
  ): Promise<z.infer<Schema>>;
  patch(path: string, body: object): Promise<void>;
};

/**
 * HubSpot's client without its retries: the queue tries again. `apiRequest` gives the whole answer, of which
 * the generated methods drop the rate limit's policy. Rejects with HubspotRefusal.
 */
export function createClient(
  accessToken: string,
  basePath: string,
  timeout: number,
): HubspotClient {
  const client = new Client({
    accessToken,
    basePath: basePath.replace(/\/$/, ""),
    numberOfApiCallRetries: 0,
    limiterOptions: DEFAULT_LIMITER_OPTIONS,
    limiterJobOptions: { expiration: timeout },
  });
  return {
    async get(path, answer, query = {}) {
      return answer.parse(await read(await client.apiRequest({ path, qs: query })));
    },
    async patch(path, body) {
      await read(await client.apiRequest({ method: "PATCH", path, body }));
    },
  };
}

async function read(response: Response): Promise<unknown> {
  const text = await response.text();
  if (response.ok) return JSON.parse(text);
  throw new HubspotRefusal(response.status, parse(text), response.headers.get("Retry-After"));
}

/** What stands before HubSpot may answer with a page of HTML. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
