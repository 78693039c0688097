import { once } from "node:events";
import { createServer, type IncomingHttpHeaders, type ServerResponse } from "node:http";
import { afterEach, expect, it } from "vitest";
import { callOnce } from "./call.ts";
import { judge, readable } from "./errors.ts";

let closing: (() => void) | undefined;
afterEach(() => closing?.());

/** A Slack that answers every call so; what it was asked. */
async function slackThat(answer: (response: ServerResponse) => void) {
  const asked: { headers: IncomingHttpHeaders; form: URLSearchParams }[] = [];
  const server = createServer((request, response) => {
    let body = "";
    request.setEncoding("utf8").on("data", (part: string) => (body += part));
    request.on("end", () => {
      asked.push({ headers: request.headers, form: new URLSearchParams(body) });
      answer(response);
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  closing = () => {
    server.closeAllConnections();
    server.close();
  };
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  const call = (parameters: Record<string, unknown> = {}, timeout = 5_000) =>
    callOnce({ url: `http://127.0.0.1:${port}/api/x`, token: "xoxb-1", parameters, timeout });
  return { call, asked };
}

it("sends a form with the token in its header, and reads the answer", async () => {
  const slack = await slackThat((response) =>
    response
      .setHeader("x-oauth-scopes", "chat:write, users:read")
      .end('{"ok":true,"ts":"1.2","response_metadata":{"next_cursor":"c"}}'),
  );
  const parameters = {
    text: "Signed & sealed ✅ 100 %",
    blocks: [{ type: "divider" }],
    link_names: false,
    limit: 200,
    cursor: undefined,
    thread_ts: null,
  };
  expect(await slack.call(parameters)).toEqual({
    ok: true,
    ts: "1.2",
    response_metadata: { next_cursor: "c", scopes: ["chat:write", "users:read"] },
  });
  expect(slack.asked[0]?.headers.authorization).toBe("Bearer xoxb-1");
  expect(Object.fromEntries(slack.asked[0]?.form ?? [])).toEqual({
    text: "Signed & sealed ✅ 100 %",
    blocks: '[{"type":"divider"}]',
    link_names: "false",
    limit: "200",
  });
});

it.each([
  ["a refusal", 200, {}, '{"ok":false,"error":"is_archived"}', { code: "is_archived" }],
  ["429", 429, { "retry-after": "7" }, "", { kind: "later", seconds: 7 }],
  ["429 without a time", 429, {}, "", { kind: "in-doubt" }],
  ["503", 503, {}, "away", { kind: "in-doubt" }],
  ["404", 404, {}, "no such method", { kind: "not-done" }],
  ["a redirect, which nobody follows", 302, { location: "/" }, "", { kind: "not-done" }],
  ["a web page", 200, {}, "<title>Sign in</title>", { kind: "in-doubt" }],
  ["JSON that is none of Slack's", 200, {}, "[1]", { kind: "in-doubt" }],
  ["no error's name", 200, {}, '{"ok":false}', { kind: "in-doubt" }],
])("throws what is judged rightly for %s", async (_, status, headers, body, verdict) => {
  const slack = await slackThat((response) => response.writeHead(status, headers).end(body));
  const error: unknown = await slack.call().catch((thrown: unknown) => thrown);
  expect(judge(readable(error))).toMatchObject(verdict);
});

it("gives up in time on an answer that has begun and does not end", async () => {
  const slack = await slackThat((response) => response.writeHead(200).write('{"ok":'));
  const error: unknown = await slack.call({}, 100).catch((thrown: unknown) => thrown);
  expect(judge(error)).toEqual({ kind: "in-doubt" });
});

it("knows a call that was never sent from one that broke off", async () => {
  const slack = await slackThat((response) => response.destroy());
  const broken: unknown = await slack.call().catch((thrown: unknown) => thrown);
  closing?.();
  const unsent: unknown = await slack.call().catch((thrown: unknown) => thrown);
  expect([judge(broken), judge(unsent)]).toEqual([{ kind: "in-doubt" }, { kind: "not-done" }]);
});
