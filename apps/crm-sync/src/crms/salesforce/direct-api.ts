import { callOutside, type OutsideAnswer } from "@countersign/service";
import type { Connection, HttpRequest, Schema } from "jsforce";
import { HttpApi } from "jsforce/lib/http-api.js";

/**
 * What jsforce makes of a request and its answer, without its way between them: four streams for each call beside its
 * promise, which stay in the old generation. Redirects are not followed; the REST API has none.
 */
export class DirectApi extends HttpApi<Schema> {
  readonly #timeout: number;

  /** `timeout` in milliseconds, of each call. */
  constructor(connection: Connection, timeout: number) {
    super(connection, {});
    this.#timeout = timeout;
  }

  /** `onAnswer` hears of every answer, also of a refusal, with which this rejects. */
  async send(request: HttpRequest, onAnswer: (answer: OutsideAnswer) => void): Promise<unknown> {
    this.beforeSend(request);
    const { url, method, headers = {}, body = null } = request;
    if (body !== null && typeof body !== "string") throw new Error("Only text is sent.");
    const named = { "user-agent": "countersign", ...headers };
    const timeout = this.#timeout;
    const answer = await callOutside({ url, method, headers: named, body, timeout });
    onAnswer(answer);
    const response = { statusCode: answer.status, headers: answer.headers, body: answer.text };
    if (this.isErrorResponse(response)) throw await this.getError(response);
    return this.getResponseBody(response);
  }
}
