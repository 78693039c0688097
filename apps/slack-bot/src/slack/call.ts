import { stringify } from "node:querystring";
import { callOutside, type OutsideAnswer } from "@countersign/service";
import {
  WebAPIHTTPError,
  WebAPIPlatformError,
  WebAPIRateLimitedError,
  WebAPIRequestError,
  type WebAPICallResult,
} from "@slack/web-api";

/** One call of Slack's Web API. */
export type Call = {
  /** With the method at its end. */
  url: string;
  token: string | undefined;
  /** What is undefined or null is left out. */
  parameters: Readonly<Record<string, unknown>>;
  /** In milliseconds, from its beginning to the end of the answer. */
  timeout: number;
};

/**
 * Makes the call once and throws what WebClient would throw for it, retries off, in a fifth of its time:
 * WebClient writes each call and answer down for a log that nobody keeps, and goes through `fetch`.
 */
export async function callOnce(call: Call): Promise<WebAPICallResult> {
  const { status, headers, text } = await send(call);
  if (status === 429) throw tooMany(headers);
  if (status !== 200) throw new WebAPIHTTPError(status, "", headers, text);
  const answer = readAnswer(text);
  if (!answer.ok) throw new WebAPIPlatformError({ ...answer, error: answer.error ?? "" });
  const scopes = headers["x-oauth-scopes"];
  if (scopes === undefined) return answer;
  const metadata = {
    ...answer.response_metadata,
    scopes: scopes.split(",").map((scope) => scope.trim()),
  };
  return { ...answer, response_metadata: metadata };
}

async function send({ url, token, parameters, timeout }: Call): Promise<OutsideAnswer> {
  try {
    return await callOutside({
      url,
      method: "POST",
      headers: {
        "content-type": "application/x-www-form-urlencoded",
        "user-agent": "countersign",
        ...(token === undefined || token === "" ? {} : { authorization: `Bearer ${token}` }),
      },
      body: formOf(parameters),
      timeout,
    });
  } catch (cause) {
    throw new WebAPIRequestError(new Error("No answer of Slack's has come.", { cause }));
  }
}

/** Lists and objects go as JSON (https://docs.slack.dev/apis/web-api/#slack-web-api__basics__post-bodies). */
function formOf(parameters: Call["parameters"]): string {
  const fields: Record<string, string | number | boolean> = {};
  for (const [name, value] of Object.entries(parameters)) {
    if (value === undefined || value === null) continue;
    fields[name] = isPlain(value) ? value : JSON.stringify(value);
  }
  return stringify(fields);
}

function isPlain(value: unknown): value is string | number | boolean {
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean";
}

type Answer = WebAPICallResult & { error?: string };

/** What is none of Slack's answers is taken whole for a code; `readable` knows. */
function readAnswer(text: string): Answer {
  try {
    const answer: unknown = JSON.parse(text);
    if (isAnswer(answer)) return answer;
  } catch {
    // See above.
  }
  return { ok: false, error: text };
}

/** https://docs.slack.dev/apis/web-api/#responses */
function isAnswer(value: unknown): value is Answer {
  return typeof value === "object" && value !== null && "ok" in value;
}

function tooMany(headers: OutsideAnswer["headers"]): Error {
  const seconds = Number.parseInt(headers["retry-after"] ?? "", 10);
  return Number.isNaN(seconds)
    ? new Error("Slack takes no more calls now, and did not say when it will.")
    : new WebAPIRateLimitedError(seconds);
}
