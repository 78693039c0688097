import type { HttpRequest } from "jsforce";
import { z } from "zod";
import type { Session } from "./session.ts";

export type SalesforceClient = {
  get<Schema extends z.ZodType>(
    path: string,
    answer: Schema,
    query: Record<string, string>,
  ): Promise<z.infer<Schema>>;
  patch(path: string, body: object, headers: Record<string, string>): Promise<void>;
  send<Schema extends z.ZodType>(
    method: "POST" | "PATCH",
    path: string,
    answer: Schema,
    body: object,
  ): Promise<z.infer<Schema>>;
};

/** 204: whoever says more to an update is not Salesforce. */
const NoContent = z.literal(["", null, undefined]);

/** Salesforce's REST API below `/services/data/v<version>`, without jsforce's retries: the queue tries again. */
export function createClient(session: Session, timeout: number): SalesforceClient {
  const options = { timeout, retry: { maxRetries: 0 } };
  const send = (request: HttpRequest) =>
    session.use((connection) => {
      const url = `/services/data/v${connection.version}${request.url}`;
      return connection.request({ ...request, url }, options);
    });
  return {
    async get(path, answer, query) {
      const url = `${path}?${new URLSearchParams(query).toString()}`;
      return answer.parse(await send({ method: "GET", url }));
    },
    async patch(path, body, headers) {
      const answer = await send({
        method: "PATCH",
        url: path,
        body: JSON.stringify(body),
        headers: { "content-type": "application/json", ...headers },
      });
      NoContent.parse(answer);
    },
    async send(method, path, answer, body) {
      const headers = { "content-type": "application/json" };
      return answer.parse(await send({ method, url: path, body: JSON.stringify(body), headers }));
    },
  };
}
