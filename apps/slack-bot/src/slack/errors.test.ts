import { existsSync, readFileSync } from "node:fs";
import { RetryLater } from "@countersign/store";
import {
  WebAPIHTTPError,
  WebAPIPlatformError,
  WebAPIRateLimitedError,
  WebAPIRequestError,
} from "@slack/web-api";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { codes } from "./error-codes.ts";
import { judge, judgeCode, readable } from "./errors.ts";

const refused = (code: string) =>
  new Error("fetch failed", { cause: Object.assign(new Error(), { code }) });

const platform = (error: string) => new WebAPIPlatformError({ ok: false, error });

it.each([
  ["429", new WebAPIRateLimitedError(7), { kind: "later", seconds: 7 }],
  ["429 at once", new WebAPIRateLimitedError(0), { kind: "later", seconds: 1 }],
  ["a workspace that is held back", new RetryLater(60), { kind: "later", seconds: 60 }],
  ["503", new WebAPIHTTPError(503, "", {}), { kind: "in-doubt" }],
  ["404", new WebAPIHTTPError(404, "", {}), { kind: "not-done" }],
  ["no connection", new WebAPIRequestError(refused("ECONNREFUSED")), { kind: "not-done" }],
  ["a broken connection", new WebAPIRequestError(refused("UND_ERR_SOCKET")), { kind: "in-doubt" }],
  ["a timeout", new WebAPIRequestError(new DOMException("", "TimeoutError")), { kind: "in-doubt" }],
  ["anything else", new Error("no idea"), { kind: "in-doubt" }],
  ["a web page", platform("<title>Sign in</title>"), { kind: "in-doubt" }],
  ["an empty answer", platform(""), { kind: "in-doubt" }],
  ["a new code of Slack's", platform("a_code_of_2030"), { kind: "permanent" }],
  [
    "a refusal",
    new WebAPIPlatformError({ ok: false, error: "is_archived" }),
    { kind: "permanent", code: "is_archived" },
  ],
])("judges %s", (_, error, verdict) => {
  expect(judge(readable(error))).toMatchObject(verdict);
});

it.each([
  ["channel_not_found", "permanent", "/invite @Countersign"],
  ["invalid_blocks", "permanent", "report it"],
  ["a_code_of_2030", "permanent", "docs.slack.dev"],
  ["token_revoked", "credentials", "SLACK_BOT_TOKEN"],
  ["message_not_found", "gone", "a new one takes its place"],
])("says what to do about %s", (code, kind, advice) => {
  const verdict = judgeCode(code);
  expect(verdict).toMatchObject({ kind, code });
  expect("message" in verdict && verdict.message).toContain(advice);
});

const spec = new URL("../../../../../shared/specs/slack/web-api-methods.json", import.meta.url);

describe.runIf(existsSync(spec))("Slack's own list of codes", () => {
  const Methods = z.object({
    common_errors: z.array(z.string()),
    methods: z.record(z.string(), z.object({ errors: z.array(z.string()) })),
  });
  const listed = () => Methods.parse(JSON.parse(readFileSync(spec, "utf8")));

  it.each(["chat.postMessage", "chat.update", "conversations.history", "conversations.replies"])(
    "is classified for %s",
    (method) => {
      const { common_errors: common, methods } = listed();
      const all = [...common, ...(methods[method]?.errors ?? [])];
      expect(all.length).toBeGreaterThan(30);
      expect(all.filter((code) => !codes.has(code))).toEqual([]);
    },
  );
});
