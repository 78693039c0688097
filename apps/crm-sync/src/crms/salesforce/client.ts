import type { OutsideAnswer } from "@countersign/service";
import type { HttpRequest } from "jsforce";
import { z } from "zod";
import type { Quota } from "../quota.ts";
import { always, refuseLate, type IsTimely } from "../not-sent.ts";
import { DirectApi } from "./direct-api.ts";
import type { Session } from "./session.ts";

/** `isTimely` is asked straight before the call; rejects with NotSent where it is not. */
export type SalesforceClient = {
  get<Schema extends z.ZodType>(
    path: string,
    answer: Schema,
    query: Record<string, string>,
  ): Promise<z.infer<Schema>>;
  patch(
    path: string,
    body: object,
    headers: Record<string, string>,
    isTimely?: IsTimely,
  ): Promise<void>;
  send<Schema extends z.ZodType>(
    method: "POST" | "PATCH",
    path: string,
    answer: Schema,
    body: object,
    isTimely?: IsTimely,
  ): Promise<z.infer<Schema>>;
  /** Which API versions there are, outside of any. */
  versions<Schema extends z.ZodType>(answer: Schema): Promise<z.infer<Schema>>;
  /** The id of the user that we sign in as. */
  userId(): Promise<string>;
  /** What the last answer said of the day's calls; null before the first. */
  quota: () => Quota | null;
};

/** 204: whoever says more to an update is not Salesforce. */
const NoContent = z.literal(["", null, undefined]);

/** Salesforce's REST API below `/services/data/v<version>`, without jsforce's retries: the queue tries again. */
export function createClient(session: Session, timeout: number): SalesforceClient {
  let quota: Quota | null = null;
  const sendTo = (
    place: (version: string) => string,
    request: HttpRequest,
    isTimely: IsTimely = always,
  ) =>
    session.use(async (connection): Promise<unknown> => {
      refuseLate(isTimely);
      const url = `${connection.instanceUrl}${place(connection.version)}${request.url}`;
      return new DirectApi(connection, timeout).send({ ...request, url }, (answer) => {
        quota = quotaOf(answer) ?? quota;
      });
    });
  const send = (request: HttpRequest, isTimely?: IsTimely) =>
    sendTo((version) => `/services/data/v${version}`, request, isTimely);
  return {
    async get(path, answer, query) {
      const url = `${path}?${new URLSearchParams(query).toString()}`;
      return answer.parse(await send({ method: "GET", url }));
    },
    async patch(path, body, headers, isTimely) {
      const request: HttpRequest = {
        method: "PATCH",
        url: path,
        body: JSON.stringify(body),
        headers: { "content-type": "application/json", ...headers },
      };
      const answer = await send(request, isTimely);
      NoContent.parse(answer);
    },
    async send(method, path, answer, body, isTimely) {
      const headers = { "content-type": "application/json" };
      const request = { method, url: path, body: JSON.stringify(body), headers };
      return answer.parse(await send(request, isTimely));
    },
    async versions(answer) {
      return answer.parse(await sendTo(() => "/services/data", { method: "GET", url: "" }));
    },
    userId: () => session.use((_connection, userId) => Promise.resolve(userId)),
    quota: () => quota,
  };
}

/** developer.salesforce.com, "Limit Info Header". */
function quotaOf({ headers }: OutsideAnswer): Quota | null {
  const [, used, limit] =
    /api-usage=(\d+)\/(\d+)/.exec(headers["sforce-limit-info"] ?? "")?.map(Number) ?? [];
  if (used === undefined || limit === undefined) return null;
  return { limit, left: limit - used };
}
