import type { HttpCall } from "@countersign/core";
import { expect, it } from "vitest";
import { redirected } from "./redirect.ts";

const asked: HttpCall = {
  method: "GET",
  url: "https://api.sign.example/v1/files/7",
  headers: { "x-auth-token": "key" },
  streamed: true,
};
const bare = { ...asked, headers: {} };
const inside = "http://sign.internal:3000/api/files/7";

it.each<[string, HttpCall, number, string, HttpCall | null]>([
  [
    "to the same origin, as it was asked",
    asked,
    302,
    "/v2/files/7",
    { ...asked, url: "https://api.sign.example/v2/files/7" },
  ],
  [
    "to another https address, with no header",
    asked,
    307,
    "https://files.example/7?signature=abc",
    { ...bare, url: "https://files.example/7?signature=abc" },
  ],
  [
    "to another port, with no header",
    asked,
    301,
    "https://api.sign.example:8443/7",
    { ...bare, url: "https://api.sign.example:8443/7" },
  ],
  ["from https to http: never", asked, 302, "http://api.sign.example/v1/files/7", null],
  [
    "from http to https, with no header",
    { ...asked, url: inside },
    308,
    "https://sign.internal/api/files/7",
    { ...bare, url: "https://sign.internal/api/files/7" },
  ],
  [
    "from http to http elsewhere, with no header",
    { ...asked, url: inside },
    303,
    "http://files.internal/7",
    { ...bare, url: "http://files.internal/7" },
  ],
  ["what is no GET: never", { ...asked, method: "POST", body: "{}" }, 307, "/v2/files/7", null],
  ["to what is no address", asked, 302, "https://", null],
  ["to what is not called", asked, 302, "file:///etc/passwd", null],
  ["to an address with a password", asked, 302, "https://me:pw@files.example/7", null],
  ["an answer that is no redirect", asked, 304, "/v2/files/7", null],
])("%s", (_what, call, status, location, next) => {
  expect(redirected(call, status, location)).toEqual(next);
});

it("a redirect that leads nowhere", () => {
  expect(redirected(asked, 302, null)).toBeNull();
});
